package config

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/neterr"
)

type values map[string]found

func sorted(s []string) []string { slices.Sort(s); return s }

// issuer checks what tokens may name as theirs.
func issuer(c *Config, v values) error {
	id, iss, scopes := v["COGNITO_USER_POOL_ID"], v["COGNITO_ISSUER"], v["COGNITO_SCOPES"]
	if id.text != "" && aws.PoolRegion(id.text) == "" {
		return wrong(id.origin, "COGNITO_USER_POOL_ID", "%q is not a user pool id such as eu-west-1_AbCdEfGhI", id.text)
	}
	c.UserPoolID = id.text
	if iss.text != "" {
		u, err := url.Parse(iss.text)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !neterr.Loopback(u.Hostname())) {
			return wrong(iss.origin, "COGNITO_ISSUER", "must be an https address (http for loopback addresses)")
		}
		c.Issuer = iss.text
	}
	c.Scopes = strings.FieldsFunc(scopes.text, func(r rune) bool { return r == ' ' || r == ',' })
	if !slices.Contains(c.Scopes, "openid") {
		return wrong(scopes.origin, "COGNITO_SCOPES", "must have openid: without it there is no ID token")
	}
	return nil
}

// ask checks whom a sign-in asks for.
func ask(c *Config, v values) error {
	for _, s := range []struct {
		key   string
		out   *string
		check func(string) error
	}{
		{"TABGATE_PROMPT", &c.Ask.Prompt, cognito.CheckPrompt}, {"TABGATE_HINT", &c.Ask.Hint, cognito.CheckHint},
		{"TABGATE_PROVIDER", &c.Ask.Provider, cognito.CheckProvider},
	} {
		f := v[s.key]
		if err := s.check(f.text); err != nil {
			return wrong(f.origin, s.key, "%v", err)
		}
		*s.out = f.text
	}
	return nil
}

// devices checks the optional device grant add-on.
func devices(c *Config, v values) error {
	a, t := v["DEVICE_AUTHORIZATION_URL"], v["DEVICE_TOKEN_URL"]
	switch {
	case a.text != "" && t.text == "":
		return wrong(a.origin, "DEVICE_AUTHORIZATION_URL", "is set but DEVICE_TOKEN_URL is not: set both or neither")
	case a.text == "" && t.text != "":
		return wrong(t.origin, "DEVICE_TOKEN_URL", "is set but DEVICE_AUTHORIZATION_URL is not: set both or neither")
	}
	if err := httpURL(a, "DEVICE_AUTHORIZATION_URL"); err != nil {
		return err
	}
	if err := httpURL(t, "DEVICE_TOKEN_URL"); err != nil {
		return err
	}
	c.DeviceAuthorizationURL, c.DeviceTokenURL = a.text, t.text
	return nil
}

// httpURL refuses what is not https, or http on a loopback address.
func httpURL(f found, key string) error {
	if f.text == "" {
		return nil
	}
	u, err := url.Parse(f.text)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !neterr.Loopback(u.Hostname())) {
		return wrong(f.origin, key, "must be an https address (http for loopback addresses)")
	}
	return nil
}

// choices checks settings that take one of a few values.
func choices(c *Config, v values) (err error) {
	oneOf := func(key string, out *string, allowed ...string) {
		f := v[key]
		if err == nil && !slices.Contains(allowed, f.text) {
			err = wrong(f.origin, key, "%q is none of %s", f.text, strings.Join(allowed, ", "))
		}
		*out = f.text
	}
	yes := func(key string, out *bool) {
		b, e := strconv.ParseBool(v[key].text)
		if err == nil && e != nil {
			err = wrong(v[key].origin, key, "%q is neither true nor false", v[key].text)
		}
		*out = b
	}
	oneOf("TABGATE_TOKEN_STORE", &c.TokenStore, "keyring", "file", "memory")
	oneOf("TABGATE_THEME", &c.Theme, "auto", "dark", "light")
	oneOf("TABGATE_GLYPHS", &c.Glyphs, "auto", "ascii", "half", "quadrant", "sextant", "octant")
	yes("TABGATE_REDUCED_MOTION", &c.ReducedMotion)
	yes("TABGATE_MOUSE", &c.Mouse)
	yes("TABGATE_OFFLINE", &c.Offline)
	c.Browser, c.CAFile = v["TABGATE_BROWSER"].text, v["TABGATE_CA_FILE"].text
	limit := v["TABGATE_LOGIN_TIMEOUT"]
	d, e := time.ParseDuration(limit.text)
	if err == nil && (e != nil || d < 10*time.Second || d > time.Hour) {
		err = wrong(limit.origin, "TABGATE_LOGIN_TIMEOUT", "%q must be a duration from 10s to 1h, such as 5m", limit.text)
	}
	c.LoginTimeout = d
	return err
}
