use super::*;

/// The kinds found in a text, each with the value that it stands at.
fn found(language: &str, text: &str) -> Vec<(SecretKind, String)> {
    let excerpt = Excerpt::whole(text, 0);
    find(language, &excerpt).iter().map(|it| (it.kind, it.span.slice(text).to_owned())).collect()
}

/// Random letters of our own that no service ever gave out; put together here, so that no scanner takes this page for a leak.
fn letters(n: usize) -> String {
    "q7Rk2vXm9Lp4Tz8Wd3Hs6Nc1Bf5Gj0Yv7Uk4Ea2Mi9Ro6Px3".chars().cycle().take(n).collect()
}

#[test]
fn a_usable_value_is_a_secret() {
    let random = letters(40);
    let upper = letters(16).to_uppercase();
    let uuid = "4f1c9e2a-77b0-4c1d-9a3e-5d20c6f8b714";
    let table = [
        ("yaml", "  DB_PASSWORD: vK9!mz2Q\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        (
            "bash",
            "export MYSQL_ROOT_PASSWORD='Zx81-plumtree'\n".to_owned(),
            SecretKind::Password,
            "Zx81-plumtree",
        ),
        ("json", "  \"password\": \"Sommer2026!\",\n".to_owned(), SecretKind::Password, "Sommer2026!"),
        ("python", "password = \"vK9!mz2Q\"\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("php", "'dbPassword' => 'vK9!mz2Q',\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        (
            "bash",
            "pvesm add cifs nas --password vK9!mz2Q --share x\n".to_owned(),
            SecretKind::Password,
            "vK9!mz2Q",
        ),
        ("", "    wpa-psk vK9!mz2Q\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("bash", "sshpass -p 'vK9!mz2Q' ssh root@a\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("yaml", "cipassword: vK9!mz2Q\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("bash", "export PGPASSWORD=vK9!mz2Q\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("", "    auth_pass vK9!mz2Q\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("yaml", "admin_password: WhereIsMyCake7!x\n".to_owned(), SecretKind::Password, "WhereIsMyCake7!x"),
        ("bash", "curl -u admin:vK9!mz2Q http://a/\n".to_owned(), SecretKind::Password, "vK9!mz2Q"),
        ("ini", format!("PrivateKey = {random}=\n"), SecretKind::Token, ""),
        ("yaml", format!("api_key: {random}\n"), SecretKind::Token, &random),
        ("bash", format!("curl -H 'Authorization: Bearer {random}'\n"), SecretKind::Token, &random),
        ("bash", format!("TOKEN=root@pam!backup={uuid}\n"), SecretKind::ProxmoxToken, uuid),
        ("", format!("\tkey = AQ{}==\n", letters(36)), SecretKind::CephKey, ""),
        ("bash", format!("aws --key AKIA{upper}\n"), SecretKind::AwsKey, ""),
        (
            "bash",
            format!("git clone https://x:ghp_{}@github.com/a/b\n", letters(36)),
            SecretKind::GithubToken,
            "",
        ),
        (
            "yaml",
            format!(
                "url: https://hooks.slack.com/services/T{}/B{}/{}\n",
                &upper[..9],
                &upper[..9],
                letters(24)
            ),
            SecretKind::SlackToken,
            "",
        ),
        ("", format!("eyJ{}.eyJ{}.{}\n", letters(20), letters(30), letters(43)), SecretKind::WebToken, ""),
        ("yaml", "dsn: postgres://app:vK9!mz2Q@db:5432/x\n".to_owned(), SecretKind::UrlPassword, "vK9!mz2Q"),
        ("yaml", format!("passwd: $6${}${}\n", letters(8), letters(86)), SecretKind::PasswordHash, ""),
        ("", format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n", letters(60)), SecretKind::PrivateKey, ""),
    ];
    for (language, text, kind, value) in table {
        let found = found(language, &text);
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [kind], "{language}: {text}");
        assert!(value.is_empty() || found[0].1.contains(value), "{text}: {found:?}");
    }
}

#[test]
fn what_cannot_be_used_is_none() {
    let table = [
        (
            "yaml",
            "password: ${DB_PASSWORD}\ntoken: {{ vault_token }}\nsecret: <your-secret>\npassword: changeme\n",
        ),
        (
            "bash",
            "PASSWORD=$(pass show db)\nread -s -p \"Password: \" PASSWORD\nTOKEN=\"$1\"\ngrep 'password=' x\n",
        ),
        (
            "python",
            "password = get_password()\ntoken: str = None\napi_key=os.environ[\"API_KEY\"]\nself.secret = secret\n",
        ),
        ("python", "if password == \"vK9!mz2Q\" or token != 'x':\n    pass\nmax_tokens = 4096\n"),
        (
            "yaml",
            "secretName: tls-cert-2026\npassword_file: /run/secrets/db1\nsecret: my-tls-2\ntoken_ttl: 3600s99\n",
        ),
        ("js", "const token = jwt.sign(user2, key);\nlet passwordHash = hash(\"a1b2c3d4\");\n"),
        (
            "",
            "https://example.net/a:b@c\nhttp://user:password@host/\nhttp://guest:guest@mq:5672/\nssh://git@host:22/x\n",
        ),
        ("bash", "docker login --password-stdin\npveum user token add root@pam backup --privsep 0\n"),
        ("ini", "PrivateKey = <contents of private.key>\nPresharedKey = ...\npassword = \n"),
        ("", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n-----BEGIN PUBLIC KEY-----\n"),
        ("bash", "PVEAPIToken=root@pam!monitoring=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\nkey = AQ...==\n"),
        ("toml", "type = \"password\"\nauth = \"token\"\nsecauth = \"on\"\ncrypto_hash = \"sha256\"\n"),
    ];
    for (language, text) in table {
        assert_eq!(found(language, text), [], "{language}: {text}");
    }
}

#[test]
fn a_line_is_told_once_and_a_place_is_the_value_only() {
    let text = "> user: a\n> password: vK9!mz2Q # token: vK9!mz2Q-7f3a9c21d4\n";
    let document =
        crate::document::read(&format!("> ```yaml\n{text}> ```\n"), crate::document::SourceKind::Markdown);
    let found = find("yaml", &document.blocks[0].excerpt);
    assert_eq!(found.len(), 1);
    let file = format!("> ```yaml\n{text}");
    assert!(found[0].span.slice(&file).starts_with("vK9!mz2Q"), "{:?}", found[0].span.slice(&file));
}
