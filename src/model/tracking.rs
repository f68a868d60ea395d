//! Query parameters that say where a reader came from and nothing of the page.

/// Prefixes of whole families of parameters.
const FAMILIES: [&str; 10] = ["utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "oly_", "vero_", "_hs", "at_"];

/// Single parameters, sorted; gathered from the documentation of the services that set them.
const SINGLE: [&str; 47] = [
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_bta_c",
    "_bta_tid",
    "_ga",
    "_gl",
    "_ke",
    "_openstat",
    "action_object_map",
    "action_ref_map",
    "action_type_map",
    "campaign_id",
    "cmpid",
    "dclid",
    "dm_i",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "icid",
    "igsh",
    "igshid",
    "irclickid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ns_campaign",
    "s_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "wbraid",
    "wickedid",
    "wt_mc",
    "yclid",
    "ysclid",
];

/// Whether a query parameter of this name only tracks; letter case doesn't matter.
#[must_use]
pub fn is_tracking_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FAMILIES.iter().any(|family| name.starts_with(family)) || SINGLE.binary_search(&name.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_knows_its_families() {
        assert!(SINGLE.is_sorted());
        assert!(is_tracking_parameter("UTM_Source"));
        assert!(is_tracking_parameter("fbclid"));
        assert!(!is_tracking_parameter("p"));
        assert!(!is_tracking_parameter("id"));
    }
}
