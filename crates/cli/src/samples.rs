//! `kaibo samples`.

use explorer::SampleCard;
use serde::Serialize;
use words::{Arg, Words};

use crate::page::{Line, Page};
use crate::styles;

/// `kaibo.samples/1`.
#[derive(Serialize)]
pub(crate) struct Report<'a> {
    schema: &'static str,
    samples: &'a [SampleCard],
}

impl<'a> Report<'a> {
    pub(crate) fn of(samples: &'a [SampleCard]) -> Self {
        Self { schema: "kaibo.samples/1", samples }
    }
}

pub(crate) fn render(samples: &[SampleCard], words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    page.paragraph(Line::new(), 0, styles::HEADING, &words.say("cli-samples-title", &[]), width);
    page.gap();
    let column = samples.iter().map(|sample| sample.name.len()).max().unwrap_or(0) + 2;
    for sample in samples {
        let name = Line::new().styled(styles::ANSWER, &sample.name);
        let about = words.say(&format!("cli-sample-{}", sample.name), &[]);
        page.paragraph(name, column, anstyle::Style::new(), &about, width);
        let tags = words.say("cli-samples-tags", &[("tags", Arg::List(shortened(&sample.tags)))]);
        page.paragraph(Line::new(), column, styles::FAINT, &tags, width);
    }
    if let Some(first) = samples.first() {
        page.gap();
        let text = words.say("cli-samples-open", &[("reference", first.reference.as_str().into())]);
        page.paragraph(Line::new(), 0, styles::FAINT, &text, width);
    }
    page
}

/// Tags of the referrers' fallback form are digests spelled out; their beginning is enough here.
fn shortened(tags: &[String]) -> Vec<String> {
    tags.iter().map(|tag| crate::page::shorten(tag, 24)).collect()
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    fn carried() -> Vec<SampleCard> {
        explorer::Explorer::new(explorer::Options::default()).expect("the defaults can be used").samples()
    }

    #[test]
    fn every_sample_has_a_sentence() {
        for language in Language::ALL {
            let words = Words::new(language);
            for sample in carried() {
                assert!(words.has(&format!("cli-sample-{}", sample.name)), "{}", sample.name);
            }
        }
    }

    #[test]
    fn the_list_reads_well() {
        for language in Language::ALL {
            let text = render(&carried(), &Words::new(language), 80).text();
            insta::assert_snapshot!(format!("samples_{}", language.code()), text);
        }
    }
}
