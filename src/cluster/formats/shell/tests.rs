use proptest::prelude::*;

use super::invocation::{PvecmOption, pvecm_option};
use super::*;
use crate::cluster::formats::Problem;

const START: u32 = 40;

fn script(text: &str) -> Script {
    read(&Excerpt::whole(text, START))
}

/// The commands' words, unknown ones between question marks.
fn commands(text: &str) -> Vec<Vec<String>> {
    let word = |word: &RawWord| {
        if word.known { word.text.to_string() } else { format!("?{}?", word.text) }
    };
    let excerpt = Excerpt::whole(text, START);
    let mut commands = Vec::new();
    command::assemble(Lexer::new(&excerpt).run().tokens, |command| {
        commands.push(command.words.iter().map(word).collect());
    });
    commands
}

fn invocations(text: &str) -> Vec<Invocation> {
    script(text).invocations
}

#[test]
fn words_are_what_the_program_gets() {
    let table: [(&str, &[&[&str]]); 15] = [
        ("a b  c # d\n", &[&["a", "b", "c"]]),
        ("a 'b c' \"d e\"f g\\ h\n", &[&["a", "b c", "d ef", "g h"]]),
        ("a \\\n  b\\\nc\n", &[&["a", "bc"]]),
        ("a; b && c | d & e\n", &[&["a"], &["b"], &["c"], &["d"], &["e"]]),
        (
            "a $b \"c$d\" '$e' $(f (g) 'h)') `i j` ${k}l\n",
            &[&["a", "?$b?", "?c$d?", "$e", "?$(f (g) 'h)')?", "?`i j`?", "?${k}l?"]],
        ),
        ("a /dev/sd* {b,c} {d} x#y\n", &[&["a", "?/dev/sd*?", "?{b,c}?", "{d}", "x#y"]]),
        ("a --password <password> <node ip>x\n", &[&["a", "--password", "?<password>?", "?<node ip>x?"]]),
        ("a > b 2>&1 < c >> d\ne &> f\n", &[&["a"], &["e"]]),
        ("X=1 Y='2 3' a b\n", &[&["a", "b"]]),
        ("$ sudo a\nroot@pve1:~# b\n", &[&["a"], &["b"]]),
        ("if a; then b; else c; fi\n", &[&["a"], &["b"], &["c"]]),
        ("for x in 1 2; do\n  a $x\ndone\nb\n", &[&["a", "?$x?"], &["b"]]),
        ("f() { a; }\n", &[&["f"], &["a"]]),
        ("a <<< b c\n", &[&["a", "c"]]),
        ("ä 'ö' ü\u{a0}x\n", &[&["ä", "ö", "ü\u{a0}x"]]),
    ];
    for (text, expected) in table {
        assert_eq!(commands(text), expected, "{text:?}");
    }
}

#[test]
fn what_may_not_run_is_marked() {
    let text = "a\nif b; then\n c\nfi\nd || e\nfunction f {\n  g\n}\nh\n";
    let excerpt = Excerpt::whole(text, START);
    let mut marked: Vec<(String, bool)> = Vec::new();
    command::assemble(Lexer::new(&excerpt).run().tokens, |command| {
        marked.push((command.words[0].text.to_string(), command.conditional));
    });
    let marked: Vec<(&str, bool)> = marked.iter().map(|(name, marked)| (name.as_str(), *marked)).collect();
    assert_eq!(
        marked,
        [("a", false), ("b", true), ("c", true), ("d", false), ("e", true), ("g", true), ("h", false)]
    );
}

#[test]
fn here_documents_are_files() {
    let text =
        "cat > /etc/a <<EOF\none $x\nEOF\ntee -a b <<-'END' | cat\n\t\ttwo\n\tEND\ncat <<X >> c\nX\nafter\n";
    let script = script(text);
    let files: Vec<_> = script
        .files
        .iter()
        .map(|file| (file.path.known().unwrap(), file.body.text.as_str(), file.expands, file.append))
        .collect();
    assert_eq!(
        files,
        [("/etc/a", "one $x\n", true, false), ("b", "two\n", false, true), ("c", "", true, true)]
    );
    assert!(script.files[0].is_changed_by_shell() && !script.files[1].is_changed_by_shell());
    let two = text.find("two").unwrap() as u32 + START;
    assert_eq!(script.files[1].body.span(0..3), Span::new(two, two + 3));
    assert_eq!(commands(text).last().unwrap(), &["after"]);
    assert_eq!(script.errors, []);
}

#[test]
fn what_never_ends_is_told_and_the_rest_is_read() {
    let quote = script("echo it's\npvecm create x\n");
    assert_eq!(quote.errors[0].problem, Problem::UnclosedQuote { quote: '\'' });
    assert_eq!(quote.errors[0].span, Span::new(START + 7, START + 8));
    assert_eq!(quote.invocations.len(), 1);
    let heredoc = script("cat > f <<EOF\na\n");
    assert_eq!(heredoc.errors[0].problem, Problem::UnclosedHeredoc { delimiter: "EOF".into() });
    assert_eq!(heredoc.files[0].body.text, "a\n");
}

#[test]
fn options_are_kept_as_given() {
    let text =
        "pvecm create attic --link0 192.0.2.1,priority=5 \\\n  --votes=2 --force -bindnet0 192.0.2.0/24\n";
    let all = invocations(text);
    let [create] = &all[..] else { panic!("{all:?}") };
    assert!(
        matches!(&create.action, Action::CreateCluster { name: Some(name) } if name.known() == Some("attic"))
    );
    let options: Vec<_> = create
        .options
        .iter()
        .map(|option| (option.name.value.as_str(), option.value.as_ref().and_then(Word::known)))
        .collect();
    assert_eq!(
        options,
        [
            ("link0", Some("192.0.2.1,priority=5")),
            ("votes", Some("2")),
            ("force", None),
            ("bindnet0", Some("192.0.2.0/24")),
        ]
    );
    let link = create.option("link0").unwrap();
    let file = format!("{}{text}", " ".repeat(START as usize));
    assert_eq!(link.span().slice(&file), "--link0 192.0.2.1,priority=5");
}

#[test]
fn flags_take_no_argument() {
    let all =
        invocations("pvecm add --use_ssh 192.0.2.1 --link0 $IP\npvecm qdevice setup 192.0.2.9 --force\n");
    assert!(
        matches!(&all[0].action, Action::JoinCluster { member: Some(word) } if word.known() == Some("192.0.2.1"))
    );
    assert_eq!(all[0].option("link0").unwrap().value.as_ref().unwrap().known(), None);
    assert!(
        matches!(&all[1].action, Action::SetUpQdevice { server: Some(word) } if word.known() == Some("192.0.2.9"))
    );
    assert!(all[1].option("force").is_some());
}

#[test]
fn each_program_is_known() {
    let table = [
        ("pveceph init --network 192.0.2.0/24", "InitCeph"),
        ("pveceph mon create", "CreateMonitor"),
        ("/usr/bin/pveceph osd create /dev/sdb", "CreateOsd"),
        ("pveceph pool create p --size 3", "CreatePool "),
        ("ceph osd pool create p 64", "CreatePoolWithCeph"),
        ("ceph osd pool set p size 2", "SetPool"),
        ("sudo ha-manager add vm:100 --state started", "AddService"),
        ("ha-manager set vm:100 --state stopped", "SetService"),
        ("vzdump 100 101 --mode snapshot", "Backup"),
        ("pvesm add pbs store --server 192.0.2.5", "AddStorage"),
        ("pvesh create /cluster/backup --all 1", "CreateBackupJob"),
    ];
    for (text, name) in table {
        let found = invocations(text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(format!("{:?} ", found[0].action).starts_with(name), "{text}: {found:?}");
    }
    assert_eq!(
        invocations("pvecm status; ceph osd tree; echo pvecm create x; $x create; ceph osd pool ls"),
        []
    );
}

#[test]
fn old_options_are_known_for_what_they_are() {
    assert_eq!(pvecm_option("link7"), PvecmOption::Current);
    assert_eq!(pvecm_option("ring0_addr"), PvecmOption::BeforeLinks { instead: Some("link0") });
    assert_eq!(pvecm_option("bindnet0"), PvecmOption::NeverExisted { instead: None });
    assert_eq!(pvecm_option("link8"), PvecmOption::Unknown);
}

proptest! {
    #[test]
    fn any_text_is_read_and_spans_stay_inside(text in "[ab \t\n\\\\'\"$`<>(){};|&#=*-]{0,60}") {
        let file = Span::new(START, START + text.len() as u32);
        let script = script(&text);
        for error in &script.errors {
            prop_assert!(file.contains(error.span));
        }
        let excerpt = Excerpt::whole(&text, START);
        let mut words = Vec::new();
        command::assemble(Lexer::new(&excerpt).run().tokens, |command| words.extend_from_slice(command.words));
        for word in words {
            let written = &text[word.range.clone()];
            prop_assert!(!written.is_empty());
            prop_assert!(!word.bare || !word.known || written.replace("\\\n", "") == word.text);
        }
    }

    #[test]
    fn any_invocation_stands_in_its_file(tail in "[ab0 \t\n\\'\"$`<>(){};|&#=*-]{0,40}") {
        let text = format!("pvecm create {tail}");
        let file = Span::new(START, START + text.len() as u32);
        for invocation in invocations(&text) {
            prop_assert!(file.contains(invocation.span));
            for option in &invocation.options {
                prop_assert!(invocation.span.contains(option.span()), "{option:?}");
            }
        }
    }

    #[test]
    fn plain_words_come_back(words in prop::collection::vec("[a-z0-9./:=-]{1,8}", 1..6)) {
        prop_assume!(!words[0].contains('='));
        prop_assume!(!["if", "for", "do", "fi", "then", "else", "elif", "while", "until", "case", "select", "done", "esac",
            "function", "sudo", "time", "exec", "nohup", "command"].contains(&words[0].as_str()));
        let read = commands(&words.join(" "));
        prop_assert_eq!(read, vec![words]);
    }
}
