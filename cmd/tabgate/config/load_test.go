package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/textfile"
)

const (
	domain = "https://demo.auth.eu-west-1.amazoncognito.com"
	canary = "canary-3f81"
)

// place is a folder with a .env and a config file, and an environment.
type place struct {
	env, dotenv, yaml string // env and dotenv as KEY=value lines
	flags             map[string]string
	profile           string
	answer            Answer // to the sign-in of .env
}

func lookup(lines string) func(string) (string, bool) {
	return func(key string) (string, bool) {
		for line := range strings.Lines(lines) {
			if v, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), key+"="); ok {
				return v, true
			}
		}
		return "", false
	}
}

func (p place) load(t *testing.T) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	for name, content := range map[string]string{".env": p.dotenv, "config.yaml": p.yaml} {
		if content == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Load(Options{Env: lookup(p.env), WorkDir: dir, Path: path, Profile: p.profile, Flags: p.flags, Answer: func(string) Answer { return p.answer }})
}

// mustLoad fails on an error.
func (p place) mustLoad(t *testing.T) Config {
	t.Helper()
	c, err := p.load(t)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func origin(t *testing.T, c Config, key string) string {
	t.Helper()
	for _, r := range c.Rows() {
		if r.Key == key {
			return r.Value + " from " + r.Origin
		}
	}
	t.Fatalf("no row for %s", key)
	return ""
}

func TestTheStrongestPlaceWins(t *testing.T) {
	yaml := "theme: light\nprofiles:\n  default: {token_store: file}\n  work: {token_store: keyring}\ntoken_store: memory\n"
	tests := map[string]struct {
		place place
		key   string
		want  string
	}{
		"the default":                                   {place{}, "TABGATE_THEME", "auto from default"},
		"the file":                                      {place{yaml: yaml}, "TABGATE_THEME", "light from config.yaml:1"},
		".env over the file":                            {place{yaml: yaml, dotenv: "TABGATE_THEME=dark\n"}, "TABGATE_THEME", "dark from ./.env:1 TABGATE_THEME"},
		"the environment over .env":                     {place{yaml: yaml, dotenv: "TABGATE_THEME=light\n", env: "TABGATE_THEME=dark\n"}, "TABGATE_THEME", "dark from environment TABGATE_THEME"},
		"a flag over all":                               {place{yaml: yaml, env: "TABGATE_THEME=light\n", flags: map[string]string{"TABGATE_THEME": "dark"}}, "TABGATE_THEME", "dark from --theme"},
		"an empty variable is unset":                    {place{yaml: yaml, env: "TABGATE_THEME=\n", dotenv: "TABGATE_THEME=\n"}, "TABGATE_THEME", "light from config.yaml:1"},
		"a profile over the top":                        {place{yaml: yaml}, "TABGATE_TOKEN_STORE", "file from config.yaml:3"},
		"another profile":                               {place{yaml: yaml, profile: "work"}, "TABGATE_TOKEN_STORE", "keyring from config.yaml:4"},
		"a profile by environment":                      {place{yaml: yaml, env: "TABGATE_PROFILE=work\n"}, "TABGATE_TOKEN_STORE", "keyring from config.yaml:4"},
		"a profile by the file":                         {place{yaml: yaml + "profile: work\n"}, "TABGATE_PROFILE", "work from config.yaml:6"},
		"a profile by flag":                             {place{yaml: yaml + "profile: work\n", profile: "default"}, "TABGATE_PROFILE", "default from --profile"},
		"the own name over an alias":                    {place{env: "COGNITO_DOMAIN=https://a.example\nAWS_COGNITO_DOMAIN=https://b.example\nCLIENT_ID=c\n"}, "COGNITO_DOMAIN", "https://a.example from environment COGNITO_DOMAIN"},
		"an alias over .env":                            {place{env: "AWS_COGNITO_DOMAIN=https://b.example\nCLIENT_ID=c\n", dotenv: "COGNITO_DOMAIN=https://a.example\n"}, "COGNITO_DOMAIN", "https://b.example from environment AWS_COGNITO_DOMAIN"},
		"a bare prefix in full":                         {place{env: "COGNITO_DOMAIN=demo\nCLIENT_ID=c\nAWS_REGION=eu-west-1\n"}, "COGNITO_DOMAIN", "https://demo.auth.eu-west-1.amazoncognito.com from environment COGNITO_DOMAIN"},
		"a bare prefix in GovCloud":                     {place{env: "COGNITO_DOMAIN=demo\nCLIENT_ID=c\nAWS_REGION=us-gov-west-1\n"}, "COGNITO_DOMAIN", "https://demo.auth-fips.us-gov-west-1.amazoncognito.com from environment COGNITO_DOMAIN"},
		"a bare prefix in the European Sovereign Cloud": {place{env: "COGNITO_DOMAIN=demo\nCLIENT_ID=c\nAWS_REGION=eusc-de-east-1\n"}, "COGNITO_DOMAIN", "https://demo.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu from environment COGNITO_DOMAIN"},
		"a full address there":                          {place{env: "COGNITO_DOMAIN=https://demo.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu\nCLIENT_ID=c\n"}, "COGNITO_DOMAIN", "https://demo.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu from environment COGNITO_DOMAIN"},
		"the sign-out address":                          {place{env: "APP_URI=http://localhost:5000/,http://localhost:5001/\n"}, "LOGOUT_URI", "http://localhost:5000/ from default: the first of APP_URI"},
		"a sign-out address of its own":                 {place{env: "LOGOUT_URI=https://example.com/bye\n"}, "LOGOUT_URI", "https://example.com/bye from environment LOGOUT_URI"},
		"a secret is hidden":                            {place{env: "CLIENT_SECRET=" + canary + "\n"}, "CLIENT_SECRET", "[redacted] from environment CLIENT_SECRET"},
		"no secret is nothing to hide":                  {place{}, "CLIENT_SECRET", " from default"},
		"page rules":                                    {place{yaml: "pages:\n  plotting: {groups: [A, B]}\n"}, "pages.plotting.groups", "[A, B] from config.yaml:2"},
		"addresses of the data":                         {place{yaml: "data:\n\n  stations: https://example.com/x\n"}, "data.stations", "https://example.com/x from config.yaml:3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := origin(t, test.place.mustLoad(t), test.key); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestBothFamiliesOfSettingsWork(t *testing.T) {
	first := "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\nCLIENT_SECRET=" + canary + "\nAPP_URI=http://localhost:8501/\n"
	second := "AWS_COGNITO_DOMAIN=" + domain + "\nAWS_COGNITO_USER_POOL_CLIENT_ID=abc\nAWS_COGNITO_USER_POOL_CLIENT_SECRET=" + canary +
		"\nAWS_COGNITO_REDIRECT_URL=http://localhost:8501/\nAWS_COGNITO_USER_POOL_ID=eu-west-1_AbC\nAWS_REGION=eu-west-1\n"
	for name, p := range map[string]place{
		"the first, in the environment":  {env: first},
		"the first, in .env":             {dotenv: first, answer: Yes},
		"the second, in the environment": {env: second},
		"the second, in .env":            {dotenv: second, answer: Yes},
		"the config file": {yaml: "profiles:\n  default:\n    domain: " + domain + "\n    client_id: abc\n    client_secret: " + canary +
			"\n    app_uri: [http://localhost:8501/]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			c := p.mustLoad(t)
			if !c.Configured() || c.Domain.String() != domain || c.ClientID != "abc" || c.ClientSecret.Reveal() != canary ||
				!slices.Equal(c.RedirectURIs, []string{"http://localhost:8501/"}) || c.LogoutURI != "http://localhost:8501/" {
				t.Errorf("got %+v", c)
			}
			if shown := fmt.Sprintf("%+v %#v %v", c, c, c.Rows()); strings.Contains(shown, canary) {
				t.Error("the secret is shown")
			}
		})
	}
}

func TestA8WhomASignInAsksFor(t *testing.T) {
	const yaml = "profiles:\n  default: {domain: " + domain + ", client_id: abc, provider: Google, hint: ana@example.com, prompt: select_account}\n"
	const folder = "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=web\nTABGATE_PROVIDER=COGNITO\nTABGATE_HINT=eve@example.com\n"
	tests := map[string]struct {
		place place
		want  cognito.Ask
	}{
		"nobody in particular":                 {place{env: "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\n"}, cognito.Ask{}},
		"the profile's":                        {place{yaml: yaml}, cognito.Ask{Prompt: "select_account", Hint: "ana@example.com", Provider: "Google"}},
		"the environment over the profile":     {place{yaml: yaml, env: "TABGATE_PROMPT=login\n"}, cognito.Ask{Prompt: "login", Hint: "ana@example.com", Provider: "Google"}},
		"a folder's provider with its sign-in": {place{dotenv: folder, answer: Yes}, cognito.Ask{Provider: "COGNITO"}},
		"none of it into the user's sign-in":   {place{dotenv: folder, yaml: yaml}, cognito.Ask{Prompt: "select_account", Hint: "ana@example.com", Provider: "Google"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.place.mustLoad(t).Ask; got != test.want {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestIssuers(t *testing.T) {
	pool := "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\n"
	tests := map[string]struct {
		env  string
		want []string
	}{
		"neither pool nor issuer: the first sign-in decides": {pool, nil},
		"the pool gives both forms": {pool + "COGNITO_USER_POOL_ID=eu-west-1_AbC\n", []string{
			"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC", "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC",
		}},
		"a region of government": {pool + "COGNITO_USER_POOL_ID=us-gov-west-1_AbC\n", []string{"https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC", "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC"}},
		"the European Sovereign Cloud": {pool + "COGNITO_USER_POOL_ID=eusc-de-east-1_AbC\n", []string{
			"https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbC", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbC",
			"https://cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_AbC", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_AbC",
		}},
		"a replica in the domain's region": {pool + "COGNITO_USER_POOL_ID=eu-central-1_AbC\n", []string{
			"https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC", "https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC",
			"https://cognito-idp.eu-west-1.amazonaws.com/eu-central-1_AbC", "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-central-1_AbC",
		}},
		"the issuer wins":                {pool + "COGNITO_USER_POOL_ID=eu-west-1_AbC\nCOGNITO_ISSUER=https://id.example/x\n", []string{"https://id.example/x"}},
		"an emulator's issuer over http": {pool + "COGNITO_ISSUER=http://127.0.0.1:9229/local_1\n", []string{"http://127.0.0.1:9229/local_1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := (place{env: test.env}).mustLoad(t).Issuers(); !slices.Equal(got, test.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestValuesAreTakenAsMeant(t *testing.T) {
	c := place{
		env: "COGNITO_DOMAIN=my-app\nAWS_REGION=eu-west-1\nCLIENT_ID=abc\nCOGNITO_SCOPES=openid, email profile\n" +
			"APP_URI=http://localhost:8501/ , http://127.0.0.1:5000/x,\nLOGOUT_URI=https://example.com/bye\nTABGATE_REDUCED_MOTION=1\n",
		yaml: "browser: firefox -P 'my profile'\nca_file: /etc/ca.pem\nlogin_timeout: 90s\nglyphs: octant\nmouse: false\noffline: yes\n" +
			"pages:\n  home: {groups: []}\n  plotting: {groups: ['*']}\n  mapping: {groups: [\" A \", 7]}\n  dataframe: {groups: ~, data: figures.csv}\n",
	}
	if _, err := c.load(t); err == nil {
		t.Error("groups: ~ opened a page")
	}
	c.yaml = strings.Replace(c.yaml, "groups: ~, ", "", 1)
	if _, err := c.load(t); err == nil || !strings.Contains(err.Error(), "offline") && !strings.Contains(err.Error(), "OFFLINE") {
		t.Errorf("offline: yes is neither true nor false: %v", err)
	}
	c.yaml = strings.Replace(c.yaml, "offline: yes", "offline: true", 1)
	got := c.mustLoad(t)
	if got.Domain.String() != "https://my-app.auth.eu-west-1.amazoncognito.com" || got.LogoutURI != "https://example.com/bye" {
		t.Errorf("domain %s, sign-out %s", got.Domain, got.LogoutURI)
	}
	if !slices.Equal(got.Scopes, []string{"openid", "email", "profile"}) || !slices.Equal(got.RedirectURIs, []string{"http://localhost:8501/", "http://127.0.0.1:5000/x"}) {
		t.Errorf("scopes %q, addresses %q", got.Scopes, got.RedirectURIs)
	}
	if !got.ReducedMotion || got.Mouse || !got.Offline || got.LoginTimeout != 90*time.Second || got.Glyphs != "octant" || got.CAFile != "/etc/ca.pem" ||
		got.Browser != "firefox -P 'my profile'" || got.Figures["dataframe"].File != "figures.csv" {
		t.Errorf("got %+v", got)
	}
	now := time.Now()
	nobody, someone := session.Session{}, session.Session{Sub: "1", ExpiresAt: now.Add(time.Hour)}
	member := someone
	member.Groups = []string{" A "}
	for id, want := range map[string][3]session.Verdict{
		"home":     {session.Open, session.Open, session.Open},
		"plotting": {session.NeedSignIn, session.Open, session.Open},
		"mapping":  {session.NeedSignIn, session.NeedGroup, session.Open},
	} {
		for i, s := range []session.Session{nobody, someone, member} {
			if v := got.Pages[id].Check(s, now); v != want[i] {
				t.Errorf("%s for the session %d: %v, want %v", id, i, v, want[i])
			}
		}
	}
	if _, ok := got.Pages["dataframe"]; ok {
		t.Error("a page without groups in the file has a rule of its own")
	}
}

func TestNothingConfiguredIsAStateAndNoError(t *testing.T) {
	for name, p := range map[string]place{
		"nothing at all": {}, "an empty file": {yaml: "\n"}, "a file of comments": {yaml: "# nothing\n"}, "the template": {yaml: string(Template(demo.Pages()))},
		"a profile without a pool": {yaml: "profiles:\n  work: {}\n", profile: "work"}, "null": {yaml: "~\n"},
	} {
		t.Run(name, func(t *testing.T) {
			c := p.mustLoad(t)
			if c.Configured() || c.RedirectURIs[0] != "http://localhost:8501/" || c.TokenStore != "keyring" || c.LoginTimeout != 5*time.Minute {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestLoadFindsTheFileByItself(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "tabgate"), 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "tabgate", "config.yaml")
	if err := Init(path, demo.Pages()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("theme: dark\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{"XDG_CONFIG_HOME=" + dir + "\n", "TABGATE_CONFIG=" + path + "\n"} {
		c, err := Load(Options{Env: lookup(env), WorkDir: t.TempDir()})
		if err != nil || c.Theme != "dark" {
			t.Errorf("%s: %q, %v", env, c.Theme, err)
		}
	}
}

func TestTheMouseIsTheAppsUnlessSomebodySaysOtherwise(t *testing.T) {
	if c := (place{}).mustLoad(t); !c.Mouse {
		t.Error("without a setting, the mouse is the terminal's")
	}
	if c := (place{env: "TABGATE_MOUSE=false\n"}).mustLoad(t); c.Mouse {
		t.Error("TABGATE_MOUSE=false leaves the app the mouse")
	}
}

func TestAFileOfFiguresMayHaveOptionsForReading(t *testing.T) {
	c := place{yaml: "pages:\n  dataframe:\n    data:\n      path: figures.csv\n      delimiter: ;\n      na: [none, \"-\"]\n      skip: 2\n"}.mustLoad(t)
	var want textfile.Options
	for key, value := range map[string]string{"delimiter": ";", "na": "none,-", "skip": "2"} {
		if err := want.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.Figures["dataframe"]; !reflect.DeepEqual(got, Figures{"figures.csv", want}) {
		t.Errorf("got %+v", got)
	}
	for key, want := range map[string]string{"": "figures.csv from config.yaml:4", ".delimiter": "; from config.yaml:5", ".na": "none,- from config.yaml:6", ".skip": "2 from config.yaml:7"} {
		if got := origin(t, c, "pages.dataframe.data"+key); got != want {
			t.Errorf("%s is shown as %s", key, got)
		}
	}
}
