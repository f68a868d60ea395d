//! Both tokenizers, html5ever's and ours, cut any text into the same tokens.

use std::cell::Cell;

use html5ever::tokenizer::Tokenizer as Theirs;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use proptest::prelude::*;
use scraper::{Html, HtmlTreeSink};

use super::*;

/// Writes down the tokens on their way to a real tree builder, which decides how to read on.
struct Recorder {
    builder: TreeBuilder<ego_tree::NodeId, HtmlTreeSink>,
    tokens: RefCell<Vec<String>>,
    is_after_text: Cell<bool>,
}

impl Recorder {
    fn new() -> Self {
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        Self {
            builder: TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options),
            tokens: RefCell::default(),
            is_after_text: Cell::new(false),
        }
    }

    fn tree(self) -> (Vec<String>, String) {
        (self.tokens.into_inner(), self.builder.sink.0.into_inner().html())
    }
}

impl TokenSink for Recorder {
    type Handle = ego_tree::NodeId;

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<Self::Handle> {
        let mut tokens = self.tokens.borrow_mut();
        let is_text = matches!(token, Token::CharacterTokens(_));
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            // html5ever tells of an empty CDATA section; a tree builder makes nothing of it.
            Token::CharacterTokens(text) if text.is_empty() => return TokenSinkResult::Continue,
            Token::CharacterTokens(text) => match tokens.last_mut().filter(|_| self.is_after_text.get()) {
                Some(last) => last.push_str(text),
                None => tokens.push(text.to_string()),
            },
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => tokens.push(format!("</{}>", tag.name)),
            Token::TagToken(tag) => {
                let attributes: Vec<_> = tag.attrs.iter().map(|attr| (&*attr.name.local, &*attr.value)).collect();
                tokens.push(format!("<{} {attributes:?} {}>", tag.name, tag.self_closing));
            }
            Token::CommentToken(text) => tokens.push(format!("<!--{text}-->")),
            token => tokens.push(format!("{token:?}")),
        }
        self.is_after_text.set(is_text);
        match self.builder.process_token(token, 1) {
            // html5ever would take a second start for the start of the text, and leave out a mark of its encoding.
            TokenSinkResult::Script(_) => TokenSinkResult::Continue,
            answer => answer,
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn check(text: &str) {
    let theirs = Theirs::new(Recorder::new(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !matches!(theirs.feed(&input), html5ever::TokenizerResult::Done) {}
    theirs.end();

    let ours = feed(text.into(), Recorder::new());

    assert_eq!(ours.tree(), theirs.sink.tree(), "{text:?}");
}

#[test]
fn tags_and_attributes_are_read_as_by_html5ever() {
    for text in [
        "",
        "<",
        "</",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        "<a b=c",
        "<a b='c",
        "<a b='c'",
        "</a",
        "</a b",
        "</>x",
        "</ a>x",
        "</1>x",
        "<1>",
        "a < b",
        "a<b",
        "<<p>>",
        "<?php echo 1 ?>x",
        "<!x>y",
        "<!>y",
        "<!",
        "<a/b>",
        "<a / b>",
        "<br/>",
        "<br / >",
        "<br //>",
        "<a =b>",
        "<a ==b>",
        "<a b==c>",
        "<a b = c>",
        "<a b=\n'c'd=e>",
        "<a b=>x",
        "<a b= >x",
        "<a b='1' B=2>",
        "<a b=\"x>y\" c='a\"b'>z",
        "<a \"b\" 'c' <d>",
        "<a b=`c<d=e>",
        "<A HREF=X>",
        "<a\0b \0c\0=d\0e>\0f",
        "</A X=Y/>",
        "<a b=c/>",
        "<a b='&amp;&lt&copy=1&copy1&copy;&notit;'>",
        "<a b=&amp;&gt>",
        "\u{feff}<p>\u{feff}",
        "a\rb\r\nc\n\rd<a b='\r\n'\rc>",
        "<é><a é=É>",
        "<pre>\n\nx</pre><pre>&#10;x</pre><textarea>\n\nx</textarea>",
        "<plaintext>a</plaintext>\0<b>",
    ] {
        check(text);
    }
}

#[test]
fn comments_doctypes_and_cdata_are_read_as_by_html5ever() {
    for text in [
        "<!-- a -->b",
        "<!-->b",
        "<!--->b",
        "<!---->b",
        "<!----->b",
        "<!--a--!>b",
        "<!--a--!-->b",
        "<!--a--!b-->c",
        "<!--a-",
        "<!--a--",
        "<!--a---",
        "<!--a--!",
        "<!--",
        "<!---",
        "<!--<!-->b",
        "<!--<!--->b",
        "<!--<!-- a -->b",
        "<!--\0-->",
        "<!-x-->y",
        "<!doctype html>x",
        "<!DOCTYPE",
        "<!doctype>",
        "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" 'x'>y",
        "<!doctype html public \"a>b",
        "<!doctype html system>\0",
        "<!doct",
        "<![CDATA[x]]>y",
        "<svg><![CDATA[x<b>&amp;\0]]]>y</svg>",
        "<svg><![CDATA[x",
        "<svg><![cdata[x]]>",
        "<svg>x<title><![CDATA[y]]></title>",
        "<math><annotation-xml encoding=text/html><![CDATA[y]]>",
    ] {
        check(text);
    }
}

#[test]
fn references_are_decoded_as_by_html5ever() {
    for text in [
        "&",
        "& ",
        "&&",
        "&;",
        "&x;",
        "&amp",
        "&ampx",
        "&amp;x",
        "&AMP;",
        "&notit;",
        "&notin;",
        "&not",
        "&no",
        "&noti",
        "&NotEqualTilde;",
        "&CounterClockwiseContourIntegral;",
        "&thisisnotanentitybutverylongindeedandstilllonger;",
        "&#",
        "&#;",
        "&#x",
        "&#xg",
        "&#X;",
        "&#65",
        "&#65;",
        "&#65x",
        "&#x41;",
        "&#0;",
        "&#13;",
        "&#128;&#129;&#x9f;&#xa0;",
        "&#xD800;",
        "&#x110000;",
        "&#99999999999999999999;",
        "&#xfffe;",
        "&#1;",
        "&é;",
        "&ampé",
        "&1;",
        "<p>&nbsp;<b>&lt;x&gt;",
    ] {
        check(text);
        check(&format!("<a b='{text}' c={text}>{text}<title>{text}</title><script>{text}</script>"));
    }
}

#[test]
fn text_without_markup_ends_as_in_html5ever() {
    for text in [
        "<title>a<b>c</title>d",
        "<title>a</titlex></TITLE >b",
        "<title>a</title",
        "<title>a</title ",
        "<title>&amp",
        "<title>a &amp; b</title>&amp;",
        "<textarea></textarea/>x",
        "<style>a</style\n>b",
        "<style><!--</style>-->",
        "<script>a</script>b",
        "<script>'</scr'+'ipt>'</script>b",
        "<script><!--</script>b",
        "<script><!--<script></script>b</script>c",
        "<script><!--<script></script>--></script>c",
        "<script><!--<script>--></script>c",
        "<script><!--><script></script>c",
        "<script><!---><script></script>c",
        "<script><!-- - -- ><script></script></script>c",
        "<script><!--<scriptx></script>c",
        "<script><!--<script/</script/</script>c",
        "<script><!--<script</script>c",
        "<script><!--<script </script </script>c",
        "<script><!--<<script></script></script>c",
        "<script><!--<script><</script></script>c",
        "<script><!-<script></script>c",
        "<script>\0<!--\0-\0-></script>",
        "<iframe><p></iframe>x<noembed><b></noembed><noframes><i></noframes><xmp><b></xmp>",
        "<noscript><p></noscript>",
        "<svg><style><b></style><title><p>x</title><script><p></script></svg>",
        "<select><script>x</script><textarea>",
    ] {
        check(text);
    }
}

#[test]
fn b6_attributes_beyond_the_most_are_left_out() {
    let many: String = (0..100_000).map(|n| format!("a{n}=1 ")).collect();

    let sink = feed(format!("<p {many}>text<br {many}").into(), Recorder::new());

    let (tokens, _) = sink.tree();
    assert_eq!(tokens[0].matches("\"1\"").count(), MAX_ATTRIBUTES);
    assert_eq!(tokens[1], "text");
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b ",
            "</b ",
            "<a b=c",
            " d='e",
            "\" f=\"",
            "'",
            "\"",
            "=",
            "/",
            ">",
            "<",
            "!",
            "-",
            "--",
            "<!--",
            "-->",
            "--!>",
            "&",
            "&amp",
            ";",
            "#",
            "#x4",
            "&notin",
            "&lt;",
            "\n",
            "\r",
            "\r\n",
            "\0",
            "\u{c}",
            " ",
            "\t",
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<script>",
            "</script>",
            "<script",
            "</script",
            "<style>",
            "</style>",
            "<svg>",
            "</svg>",
            "<math>",
            "<![CDATA[",
            "]]",
            "]]>",
            "<!doctype html>",
            "<!doctype ",
            "public",
            "<?",
            "</",
            "<table>",
            "<td>",
            "<select>",
            "<option>",
            "<template>",
            "<noscript>",
            "<pre>",
            "X",
            "é",
            "<plaintext>",
            "<iframe>",
            "</iframe>",
            "<br/>",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,5}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_as_by_html5ever(text in soup()) {
        check(&text);
    }
}
