package config

// level says who may decide a setting. The zero value is the safe one: a new
// setting is the user's own until somebody decides otherwise.
type level int

const (
	usersOwn level = iota // flags, environment and config file alone
	harmless              // a folder's .env may set it too
	signIn                // part of the sign-in, which one level of trust decides as a whole
)

// setting is one line of the settings table.
type setting struct {
	key     string   // the environment's name
	aliases []string // other tutorials' names, in order
	yaml    string   // the key in a profile of the file, or "" for none
	top     string   // the key at the top of the file, or "" for none
	flag    string   // the flag that gives it, "" for none
	secret  bool
	preset  string // the default
	level   level
}

// names are the setting's own name and its aliases, strongest first.
func (s setting) names() []string { return append([]string{s.key}, s.aliases...) }

// settings are in the order of the README's table.
var settings = []setting{
	{key: "COGNITO_DOMAIN", aliases: []string{"AWS_COGNITO_DOMAIN"}, yaml: "domain", level: signIn},
	{key: "CLIENT_ID", aliases: []string{"AWS_COGNITO_USER_POOL_CLIENT_ID"}, yaml: "client_id", level: signIn},
	{key: "CLIENT_SECRET", aliases: []string{"AWS_COGNITO_USER_POOL_CLIENT_SECRET"}, yaml: "client_secret", secret: true, level: signIn},
	{key: "APP_URI", aliases: []string{"AWS_COGNITO_REDIRECT_URL"}, yaml: "app_uri", preset: "http://localhost:8501/", level: signIn},
	{key: "LOGOUT_URI", yaml: "logout_uri", level: signIn},
	{key: "COGNITO_USER_POOL_ID", aliases: []string{"AWS_COGNITO_USER_POOL_ID"}, yaml: "user_pool_id", level: signIn},
	{key: "COGNITO_ISSUER", yaml: "issuer", level: signIn},
	{key: "COGNITO_SCOPES", yaml: "scopes", preset: "openid email", level: signIn},
	{key: "AWS_REGION", aliases: []string{"AWS_DEFAULT_REGION"}, yaml: "region", level: signIn},
	{key: "TABGATE_PROVIDER", yaml: "provider", level: signIn},
	{key: "TABGATE_PROMPT", yaml: "prompt"},
	{key: "TABGATE_HINT", yaml: "hint"},
	{key: "TABGATE_CONNECT", yaml: "connect"},
	{key: "DEVICE_AUTHORIZATION_URL", yaml: "device_authorization_url", level: signIn},
	{key: "DEVICE_TOKEN_URL", yaml: "device_token_url", level: signIn},
	{key: "TABGATE_TOKEN_STORE", yaml: "token_store", top: "token_store", flag: "--token-store", preset: "keyring"},
	{key: "TABGATE_BROWSER", aliases: []string{"BROWSER"}, top: "browser", flag: "--browser"},
	{key: "TABGATE_CA_FILE", top: "ca_file"},
	{key: "TABGATE_LOGIN_TIMEOUT", top: "login_timeout", preset: "5m", level: harmless},
	{key: "TABGATE_THEME", top: "theme", flag: "--theme", preset: "auto", level: harmless},
	{key: "TABGATE_GLYPHS", top: "glyphs", flag: "--glyphs", preset: "auto", level: harmless},
	{key: "TABGATE_REDUCED_MOTION", top: "reduced_motion", flag: "--reduced-motion", preset: "false", level: harmless},
	{key: "TABGATE_MOUSE", top: "mouse", flag: "--no-mouse", preset: "true", level: harmless},
	{key: "TABGATE_OFFLINE", top: "offline", flag: "--offline", preset: "false", level: harmless},
}

// Where the two settings stand that name a sign-in.
const (
	domainAt = 0
	clientAt = 1
)

// regionKey is the one setting of the sign-in that may come from the environment
// where a folder's .env has the others: AWS_REGION is set for many programs.
const regionKey = "AWS_REGION"
