package config

// setting is one line of the settings table.
type setting struct {
	key     string   // the environment's name
	aliases []string // other tutorials' names, in order
	yaml    string   // the key in a profile of the file, or "" for none
	top     string   // the key at the top of the file, or "" for none
	flag    string   // the flag that gives it, "" for none
	secret  bool
	preset  string // the default
}

// settings are in the order of the README's table.
var settings = []setting{
	{key: "COGNITO_DOMAIN", aliases: []string{"AWS_COGNITO_DOMAIN"}, yaml: "domain"},
	{key: "CLIENT_ID", aliases: []string{"AWS_COGNITO_USER_POOL_CLIENT_ID"}, yaml: "client_id"},
	{key: "CLIENT_SECRET", aliases: []string{"AWS_COGNITO_USER_POOL_CLIENT_SECRET"}, yaml: "client_secret", secret: true},
	{key: "APP_URI", aliases: []string{"AWS_COGNITO_REDIRECT_URL"}, yaml: "app_uri", preset: "http://localhost:8501/"},
	{key: "LOGOUT_URI", yaml: "logout_uri"},
	{key: "COGNITO_USER_POOL_ID", aliases: []string{"AWS_COGNITO_USER_POOL_ID"}, yaml: "user_pool_id"},
	{key: "COGNITO_ISSUER", yaml: "issuer"},
	{key: "COGNITO_SCOPES", yaml: "scopes", preset: "openid email"},
	{key: "AWS_REGION", aliases: []string{"AWS_DEFAULT_REGION"}, yaml: "region"},
	{key: "DEVICE_AUTHORIZATION_URL", yaml: "device_authorization_url"},
	{key: "DEVICE_TOKEN_URL", yaml: "device_token_url"},
	{key: "TABGATE_TOKEN_STORE", yaml: "token_store", top: "token_store", flag: "--token-store", preset: "keyring"},
	{key: "TABGATE_BROWSER", aliases: []string{"BROWSER"}, top: "browser", flag: "--browser"},
	{key: "TABGATE_CA_FILE", top: "ca_file"},
	{key: "TABGATE_LOGIN_TIMEOUT", top: "login_timeout", preset: "5m"},
	{key: "TABGATE_THEME", top: "theme", flag: "--theme", preset: "auto"},
	{key: "TABGATE_GLYPHS", top: "glyphs", flag: "--glyphs", preset: "auto"},
	{key: "TABGATE_REDUCED_MOTION", top: "reduced_motion", flag: "--reduced-motion", preset: "false"},
	{key: "TABGATE_OFFLINE", top: "offline", flag: "--offline", preset: "false"},
}

// found is a value and where it came from.
type found struct{ text, origin string }

// layers are the places to look in, strongest first.
type layers struct {
	flags  map[string]string
	env    func(string) (string, bool)
	dotenv map[string]string
	file   file
}

// find gives the strongest value of a setting. An empty variable counts as
// unset, as shells and compose files often leave them.
func (l layers) find(s setting, profile string) found {
	if v := l.flags[s.key]; v != "" {
		return found{v, s.flag}
	}
	names := append([]string{s.key}, s.aliases...)
	for _, name := range names {
		if v, ok := l.env(name); ok && v != "" {
			return found{v, "environment " + name}
		}
	}
	for _, name := range names {
		if v := l.dotenv[name]; v != "" {
			return found{v, ".env " + name}
		}
	}
	if v, ok := l.file.profiles[profile][s.yaml]; ok && s.yaml != "" && v.text != "" {
		return v
	}
	if v, ok := l.file.top[s.top]; ok && s.top != "" && v.text != "" {
		return v
	}
	return found{s.preset, "default"}
}
