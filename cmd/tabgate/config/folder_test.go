package config

import (
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/cognito"
)

const relay = "https://relay.example.com"

// mine is a config file that names the sign-in.
const mine = "profiles:\n  default:\n    domain: " + domain + "\n    client_id: abc\n    client_secret: " + canary + "\n  work:\n    scopes: [openid]\n"

func TestW1W2TheSignInIsDecidedByOneLevelOfTrust(t *testing.T) {
	tests := map[string]struct {
		place  place
		state  State
		domain string // "" is no user pool
		client string
		note   string // part of one of the notes; "" is none at all
	}{
		"a relay in .env":                      {place{yaml: mine, dotenv: "COGNITO_DOMAIN=" + relay + "\n", answer: Yes}, LeftOut, domain, "abc", "config.yaml:3 decides"},
		"a web project's client in .env":       {place{yaml: mine, dotenv: "CLIENT_ID=web\nCLIENT_SECRET=websecret\n", answer: Yes}, LeftOut, domain, "abc", "config.yaml:3 decides"},
		"a device page in .env":                {place{yaml: mine, dotenv: "DEVICE_TOKEN_URL=" + relay + "/t\nDEVICE_AUTHORIZATION_URL=" + relay + "/a\n", answer: Yes}, LeftOut, domain, "abc", "left out"},
		"a line of it that is wrong":           {place{yaml: mine, dotenv: "CLIENT_ID=\"web\n", answer: Yes}, LeftOut, domain, "abc", "left out"},
		"the region of another program":        {place{yaml: mine, dotenv: "AWS_REGION=us-east-1\n", answer: Yes}, None, domain, "abc", ""},
		"other programs' lines":                {place{yaml: mine, dotenv: "MY-KEY=1\nFOO BAR\nDATABASE_URL='postgres://x'\n"}, None, domain, "abc", ""},
		"a domain in the environment":          {place{env: "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\n", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, LeftOut, domain, "abc", "environment COGNITO_DOMAIN decides"},
		"a profile by flag":                    {place{yaml: mine, profile: "work", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, LeftOut, "", "", "--profile work decides"},
		".env alone, without a yes":            {place{dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n"}, Waiting, "", "", ""},
		".env alone, after a no":               {place{dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: No}, Refused, "", "", ""},
		".env alone, after a yes":              {place{dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, Used, relay, "web", ""},
		".env and a redirect of the user's":    {place{env: "APP_URI=http://localhost:1/\n", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, Used, relay, "web", "environment APP_URI is left out"},
		".env and the environment's region":    {place{env: "AWS_REGION=eu-west-1\n", dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", answer: Yes}, Used, domain, "web", ""},
		"a secret of the user's own":           {place{env: "CLIENT_SECRET=" + canary + "\n", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, Wrong, "", "", ""},
		"a secret in the config file":          {place{yaml: "profiles: {default: {client_secret: x}}\n", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, Wrong, "", "", ""},
		"half a sign-in":                       {place{dotenv: "AWS_COGNITO_USER_POOL_CLIENT_ID=x\n", answer: Yes}, Wrong, "", "", ""},
		"a callback address and no sign-in":    {place{dotenv: "APP_URI=http://localhost:5000/\n", answer: Yes}, None, "", "", ""},
		"no region of the config file's":       {place{yaml: "profiles: {default: {region: eu-west-1}}\n", dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", answer: Yes}, Wrong, "", "", ""},
		"a wrong value":                        {place{dotenv: "COGNITO_DOMAIN=relay.example.com\nCLIENT_ID=web\n", answer: Yes}, Wrong, "", "", ""},
		"a profile that the file itself names": {place{yaml: "profile: work\n" + mine, dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}, Used, relay, "web", "config.yaml:8 is left out"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := test.place.mustLoad(t)
			got := ""
			if c.Domain != nil {
				got = c.Domain.String()
			}
			if c.Folder.State != test.state || got != test.domain || c.ClientID != test.client || c.DeviceTokenURL != "" {
				t.Errorf("%s: %q, client %q, device %q", c.Folder.State, got, c.ClientID, c.DeviceTokenURL)
			}
			if s := c.ClientSecret.Reveal(); s != "" && got != "" && (s != canary || got != domain) {
				t.Errorf("the secret %q for %q", s, got)
			}
			if strings.Contains(strings.Join(c.Notes, "\n"), canary) {
				t.Error("a note shows the secret")
			}
			if found := slices.ContainsFunc(c.Notes, func(n string) bool { return strings.Contains(n, test.note) }); test.note != "" && !found || test.note == "" && len(c.Notes) > 0 {
				t.Errorf("notes %q, want %q", c.Notes, test.note)
			}
		})
	}
}

func TestW2ASecretAndADomainOfTwoLevelsSayWhatToDo(t *testing.T) {
	c := place{env: "CLIENT_SECRET=" + canary + "\n", dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n", answer: Yes}.mustLoad(t)
	if why := c.Folder.Why(); !strings.Contains(why, "environment CLIENT_SECRET") || !strings.Contains(why, "put both in one place") || strings.Contains(why, canary) {
		t.Errorf("%q", why)
	}
	_, err := place{env: "CLIENT_ID=abc\n", dotenv: "COGNITO_DOMAIN=" + relay + "\n", answer: Yes}.load(t)
	if err == nil || !strings.Contains(err.Error(), "put all in one place") {
		t.Errorf("half here and half there: %v", err)
	}
}

// A yes is for exactly what was shown: the same lines in another order, with
// other comments or under their other names are the same, anything else not.
func TestW4AYesIsForTheseSettingsAlone(t *testing.T) {
	hash := func(p place) string {
		c := p.mustLoad(t)
		if c.Folder.State != Waiting || c.Folder.Unit.Hash == "" {
			t.Fatalf("%+v: %+v", p, c.Folder)
		}
		return c.Folder.Unit.Hash
	}
	base := "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n"
	want := hash(place{dotenv: base})
	for name, same := range map[string]place{
		"another order":             {dotenv: "CLIENT_ID='web' # the app\nOTHER=1\nexport COGNITO_DOMAIN=" + relay + "\n"},
		"the other names":           {dotenv: "AWS_COGNITO_DOMAIN=" + relay + "\nAWS_COGNITO_USER_POOL_CLIENT_ID=web\n"},
		"a theme":                   {dotenv: base + "TABGATE_THEME=dark\n"},
		"the environment's region":  {dotenv: base, env: "AWS_REGION=us-east-1\n"},
		"an address beside its own": {dotenv: base, env: "APP_URI=http://localhost:1/\n"},
	} {
		if hash(same) != want {
			t.Errorf("%s asks again", name)
		}
	}
	for name, other := range map[string]place{
		"another client":   {dotenv: "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web2\n"},
		"another domain":   {dotenv: "COGNITO_DOMAIN=" + relay + ":8443\nCLIENT_ID=web\n"},
		"a secret":         {dotenv: base + "CLIENT_SECRET=x\n"},
		"an issuer":        {dotenv: base + "COGNITO_ISSUER=https://id.example\n"},
		"a redirect":       {dotenv: base + "APP_URI=http://localhost:5000/\n"},
		"a sign-out page":  {dotenv: base + "LOGOUT_URI=http://localhost:5000/\n"},
		"a device page":    {dotenv: base + "DEVICE_TOKEN_URL=https://d.example/t\nDEVICE_AUTHORIZATION_URL=https://d.example/a\n"},
		"scopes":           {dotenv: base + "COGNITO_SCOPES=openid phone\n"},
		"its own region":   {dotenv: base + "AWS_REGION=us-east-1\n"},
		"a bare prefix":    {dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", env: "AWS_REGION=eu-west-1\n"},
		"another's prefix": {dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", env: "AWS_REGION=us-east-1\n"},
	} {
		if got := hash(other); got == want {
			t.Errorf("%s asks nobody", name)
		}
	}
	west, east := place{dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", env: "AWS_REGION=eu-west-1\n"}, place{dotenv: "COGNITO_DOMAIN=demo\nCLIENT_ID=web\n", env: "AWS_REGION=us-east-1\n"}
	slash := place{dotenv: "COGNITO_DOMAIN=demo/\nCLIENT_ID=web\n", env: "AWS_REGION=us-east-1\n"}
	if hash(west) == hash(east) || hash(west) == hash(slash) {
		t.Error("the same prefix in another region is another domain")
	}
}

func TestW4TheQuestionNamesEveryHostThatWouldBeTrusted(t *testing.T) {
	c := place{dotenv: "COGNITO_DOMAIN=" + domain + "\nAWS_COGNITO_USER_POOL_CLIENT_ID=abc\nCOGNITO_ISSUER=https://id.example/x\n" +
		"DEVICE_TOKEN_URL=https://d.example/t\nDEVICE_AUTHORIZATION_URL=https://e.example/a?k=" + canary + "\nCLIENT_SECRET=" + canary + "\n"}.mustLoad(t)
	u := c.Folder.Unit
	for _, want := range []string{"./.env signs you in at demo.auth.eu-west-1.amazoncognito.com (app client abc)", "id.example", "d.example", "e.example"} {
		if !strings.Contains(u.Words(), want) {
			t.Errorf("%q does not say %q", u.Words(), want)
		}
	}
	if u.Origin() != "AWS_COGNITO_USER_POOL_CLIENT_ID from ./.env" {
		t.Errorf("%q", u.Origin())
	}
	for _, r := range u.Rows() {
		if strings.Contains(r.Value, canary) {
			t.Errorf("%s shows the secret", r.Key)
		}
	}
	c = place{dotenv: "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\nCOGNITO_USER_POOL_ID=eu-west-1_AbC\n"}.mustLoad(t)
	if w := c.Folder.Unit.Words(); w != "./.env signs you in at demo.auth.eu-west-1.amazoncognito.com (app client abc)." {
		t.Errorf("%q", w)
	}
}

func TestW5KeysThatAreNeverTakenFromDotenv(t *testing.T) {
	c := place{dotenv: "TABGATE_BROWSER=none\nBROWSER=./evil.sh\nTABGATE_CA_FILE=/dev/zero\nTABGATE_TOKEN_STORE=file\nTABGATE_PROFILE=work\n" +
		"TABGATE_CONFIG=/tmp/evil.yaml\nTABGATE_PROMPT=login\nTABGATE_HINT=eve\nHTTPS_PROXY=http://evil.example\nTABGATE_THEME=dark\n", yaml: mine}.mustLoad(t)
	if c.Browser != "" || c.CAFile != "" || c.TokenStore != "keyring" || c.Profile != "default" || c.ClientID != "abc" || c.Ask != (cognito.Ask{}) {
		t.Errorf("%+v", c)
	}
	if c.Theme != "dark" {
		t.Errorf("the theme is %q: what harms nobody may come from .env", c.Theme)
	}
	want := "./.env: TABGATE_BROWSER, TABGATE_CA_FILE, TABGATE_CONFIG, TABGATE_HINT, TABGATE_PROFILE, TABGATE_PROMPT, TABGATE_TOKEN_STORE are ignored: set them in the environment or the config file."
	if !slices.Equal(c.Notes, []string{want}) {
		t.Errorf("%q", c.Notes)
	}
	for _, s := range settings {
		if s.level == usersOwn && !slices.Contains([]string{"TABGATE_TOKEN_STORE", "TABGATE_BROWSER", "TABGATE_CA_FILE", "TABGATE_PROMPT", "TABGATE_HINT", "TABGATE_CONNECT"}, s.key) {
			t.Errorf("say in this test that .env may not set %s", s.key)
		}
	}
}

func TestW9AProfileThatTheUserNamesBeatsDotenv(t *testing.T) {
	yaml := "profiles: {work: {domain: " + domain + ", client_id: abc}}\n"
	theirs := "COGNITO_DOMAIN=" + relay + "\nCLIENT_ID=web\n"
	for name, p := range map[string]place{
		"by flag":        {yaml: yaml, dotenv: theirs, profile: "work", answer: Yes},
		"by environment": {yaml: yaml, dotenv: theirs, env: "TABGATE_PROFILE=work\n", answer: Yes},
	} {
		if c := p.mustLoad(t); c.ClientID != "abc" || c.Profile != "work" || c.Folder.State != LeftOut {
			t.Errorf("%s: %q, %q, %s", name, c.ClientID, c.Profile, c.Folder.State)
		}
	}
}
