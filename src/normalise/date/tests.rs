//! Dates as they were seen, and what they mean.

use super::*;

fn check(text: &str, hint: &str, expected: &str) {
    check_in(Tz::UTC, text, hint, expected);
}

fn check_in(zone: Tz, text: &str, hint: &str, expected: &str) {
    let read = date(text, zone, Language::parse(hint).as_ref()).map(|at| at.rfc3339()).unwrap_or_default();
    let expected = match expected.len() {
        10 => format!("{expected}T00:00:00Z"),
        _ => expected.to_owned(),
    };
    assert_eq!(read, expected, "{text} ({hint})");
}

#[test]
fn machines_are_read_in_all_their_shapes() {
    for text in [
        "2024-11-19T14:05:00Z",
        "2024-11-19T14:05:00+00:00",
        "2024-11-19T21:05:00+0700",
        "2024-11-19 21:05:00 +07:00",
        "2024-11-19T21:05+07",
        "2024-11-19T14:05Z",
        "2024-11-19t14:05:00z",
        " 2024-11-19 14:05:00 UTC ",
        "2024-11-19T14:05:00",
        "2024-11-19T09:05:00-05:00[America/New_York]",
        "2024/11/19 14:05",
        "20241119T140500Z",
        "20241119140500",
        "202411191405",
        "Tue, 19 Nov 2024 14:05:00 GMT",
        "Mon, 19 Nov 2024 14:05:00 +0000",
        "19 Nov 24 14:05 UT",
        "Tue, 19 Nov 2024 09:05:00 EST",
        "Tue, 19 Nov 2024 09:05:00 -0500",
        "Tuesday, 19-Nov-24 14:05:00 GMT",
        "Tue Nov 19 14:05:00 2024",
        "Tue Nov 19 21:05:00 WIB 2024",
        "Tue Nov 19 2024 21:05:00 GMT+0700 (Western Indonesia Time)",
        "1732025100",
        "1732025100000",
        "1732025100.25",
    ] {
        check(text, "en", "2024-11-19T14:05:00Z");
    }
    check("2024-11-19T14:05:00.1239999Z", "", "2024-11-19T14:05:00.123Z");
    check("Tue, 19 Nov 2024 24:00:00 GMT", "", "2024-11-20");
    check("2024-11-19T14:05:60Z", "", "2024-11-19T14:06:00Z");
    check("2024-11-19", "", "2024-11-19");
    check("20241119", "", "2024-11-19");
    check("1999-12-31", "", "1999-12-31");
}

#[test]
fn people_write_dates_in_their_language() {
    for (language, text) in [
        ("en", "November 19th, 2024"),
        ("en", "Tuesday 19 November 2024"),
        ("en", "Nov. 19, 2024"),
        ("en", "NOV 19 2024"),
        ("en", "19th of November, 2024"),
        ("id", "Selasa, 19 November 2024"),
        ("id", "Selasa (19/11/2024)"),
        ("id", "19 Nopember 2024"),
        ("ms", "19 November 2024"),
        ("de", "Dienstag, 19. November 2024"),
        ("de", "19.11.2024"),
        ("de", "19.11.24"),
        ("fr", "mardi 19 novembre 2024"),
        ("es", "martes, 19 de noviembre de 2024"),
        ("es", "mar, 19 nov 2024"),
        ("pt", "19 de novembro de 2024"),
        ("it", "martedì 19 novembre 2024"),
        ("nl", "dinsdag 19 november 2024"),
        ("af", "19 November 2024"),
        ("pl", "19 listopada 2024"),
        ("ru", "19 ноября 2024 г."),
        ("uk", "19 листопада 2024 року"),
        ("be", "19 лістапада 2024"),
        ("bg", "19 ноември 2024 г."),
        ("mk", "19 ноември 2024"),
        ("sr", "19. новембар 2024."),
        ("bs", "19. novembra 2024."),
        ("hr", "19. studenoga 2024."),
        ("sl", "19. november 2024"),
        ("cs", "19. listopadu 2024"),
        ("sk", "19. novembra 2024"),
        ("hu", "2024. november 19."),
        ("ro", "19 noiembrie 2024"),
        ("tr", "19 Kasım 2024 Salı"),
        ("tr", "19 KASIM 2024"),
        ("az", "19 noyabr 2024"),
        ("el", "19 Νοεμβρίου 2024"),
        ("el", "ΤΡΙΤΗ 19 ΝΟΕΜΒΡΙΟΥ 2024"),
        ("fi", "tiistai 19. marraskuuta 2024"),
        ("fi", "19.11.2024"),
        ("et", "19. november 2024"),
        ("lv", "2024. gada 19. novembris"),
        ("lt", "2024 m. lapkričio 19 d."),
        ("sv", "19 november 2024"),
        ("da", "19. november 2024"),
        ("no", "19. november 2024"),
        ("ca", "19 de novembre de 2024"),
        ("eu", "2024ko azaroaren 19a"),
        ("ar", "الثلاثاء ١٩ نوفمبر ٢٠٢٤"),
        ("ar", "19 تشرين الثاني 2024"),
        ("fa", "۲۹ آبان ۱۴۰۳"),
        ("ur", "19 نومبر 2024"),
        ("he", "19 בנובמבר 2024"),
        ("hi", "19 नवंबर 2024"),
        ("hi", "१९ नवम्बर २०२४"),
        ("bn", "১৯ নভেম্বর ২০২৪"),
        ("th", "19 พฤศจิกายน 2567"),
        ("th", "๑๙ พ.ย. ๒๕๖๗"),
        ("vi", "Thứ Ba, ngày 19 tháng 11 năm 2024"),
        ("vi", "19 Tháng Mười Một, 2024"),
        ("vi", "19/11/2024"),
        ("ja", "2024年11月19日（火）"),
        ("ja", "令和6年11月19日"),
        ("ja", "２０２４年１１月１９日"),
        ("ja", "24/11/19"),
        ("zh", "2024年11月19日 星期二"),
        ("zh-TW", "民國113年11月19日"),
        ("ko", "2024년 11월 19일 화요일"),
        ("ko", "2024. 11. 19."),
        ("sw", "19 Novemba 2024"),
        ("tl", "Nobyembre 19, 2024"),
        ("hy", "19 նոյեմբերի 2024"),
        ("", "Published: 19 November 2024 by Ann Example in issue 4"),
    ] {
        check(text, language, "2024-11-19");
    }
}

#[test]
fn a_time_of_day_and_its_zone_are_read_where_they_are() {
    let check = |text, hint, expected| check_in(Tz::Asia__Jakarta, text, hint, expected);
    check("Selasa, 19 November 2024 14:05 WIB", "id", "2024-11-19T07:05:00Z");
    check("Selasa, 19 Nov 2024 | 14.05 WIB", "id", "2024-11-19T07:05:00Z");
    check("19/11/2024, 14:05", "id", "2024-11-19T07:05:00Z");
    check("19 November 2024", "id", "2024-11-18T17:00:00Z");
    check("14:05 - 19 November 2024", "id", "2024-11-19T07:05:00Z");
    check("19 November 2024 14:05 WITA", "id", "2024-11-19T06:05:00Z");
    let check = |text, hint, expected| check_in(Tz::Europe__Berlin, text, hint, expected);
    check("19. November 2024, 14:05 Uhr", "de", "2024-11-19T13:05:00Z");
    check("19.11.2024 um 14.05 Uhr", "de", "2024-11-19T13:05:00Z");
    check("19. Juli 2024, 14 Uhr", "de", "2024-07-19T12:00:00Z");
    check("le 19 novembre 2024 à 14h05", "fr", "2024-11-19T13:05:00Z");
    check("19 tháng 11, 2024 14:05 GMT+7", "vi", "2024-11-19T07:05:00Z");
    check("November 19, 2024 2:05 p.m. ET", "en", "2024-11-19T13:05:00Z");
    check("November 19, 2024 at 9:05 AM EST", "en", "2024-11-19T14:05:00Z");
    check("12:05 am, 19 November 2024", "en", "2024-11-18T23:05:00Z");
    check("19 novembre 2024 14:05 est publié", "fr", "2024-11-19T13:05:00Z");
    let check = |text, hint, expected| check_in(Tz::Asia__Tokyo, text, hint, expected);
    check("2024年11月19日 午後2時05分", "ja", "2024-11-19T05:05:00Z");
    check("2024年11月19日14时05分30秒", "zh", "2024-11-19T05:05:30Z");
    check("2024.11.19. 오후 2:05", "ko", "2024-11-19T05:05:00Z");
    check("19 Nov 2024 14:05:00 CST", "zh-CN", "2024-11-19T06:05:00Z");
}

#[test]
fn numbers_alone_follow_the_language() {
    check("11/12/2024", "en-US", "2024-11-12");
    check("11/12/2024", "en", "2024-11-12");
    check("11/12/2024", "en-GB", "2024-12-11");
    check("11/12/2024", "id", "2024-12-11");
    check("11/12/2024", "", "2024-12-11");
    check("11/25/2024", "fr", "2024-11-25");
    check("25/11/2024", "en-US", "2024-11-25");
    check("11.12.2024", "en-US", "2024-12-11");
    check_in(Tz::Europe__London, "11/12/2024", "en", "2024-12-11");
    check("12 listopada 2024", "hr", "2024-10-12");
    check("12 listopada 2024", "", "2024-11-12");
}

#[test]
fn clock_changes_move_a_time_that_does_not_exist() {
    check_in(Tz::Europe__Berlin, "31.03.2024 02:30", "de", "2024-03-31T01:30:00Z");
    check_in(Tz::Europe__Berlin, "27.10.2024 02:30", "de", "2024-10-27T00:30:00Z");
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "3 hours ago",
        "yesterday",
        "hace 2 días",
        "2 jam yang lalu",
        "19 November",
        "November 2024",
        "2024",
        "14:05",
        "32/13/2024",
        "2024-02-30",
        "31 February 2024",
        "12 34 56",
        "v1.2.3",
        "10.0.0.1",
        "+62 812 3456 7890",
        "Fri, 32 Foo",
        "99999999999999999999999",
        "May I?",
        "0000-00-00 00:00:00",
        "1.2.3.4.5",
        "::::",
        "年月日",
        "-----",
        "tháng",
    ] {
        assert_eq!(date(text, Tz::UTC, None), None, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}|[0-9:./ +\\-TZ年月日]{0,40}|([0-9]{1,4}[ ./:-]?(nov|may|am|pm|h|時|WIB|\\+)?[ ]?){0,8}") {
        let _ = date(&text, Tz::Europe__Berlin, None);
    }

    #[test]
    fn a_written_timestamp_is_read_back(seconds in 0_i64..4_000_000_000) {
        let at = Timestamp::from_millis(seconds * 1000);

        proptest::prop_assert_eq!(date(&at.rfc3339(), Tz::Asia__Tokyo, None), Some(at));
        proptest::prop_assert_eq!(date(&at.rfc2822(), Tz::Asia__Tokyo, None), Some(at));
        proptest::prop_assert_eq!(date(&at.http_date(), Tz::Asia__Tokyo, None), Some(at));
    }
}
