package config

import (
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

type values map[string]found

func sorted(s []string) []string { slices.Sort(s); return s }

// Loopback reports whether a host name is this machine by definition.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// pool checks domain, client and secret.
func pool(c *Config, v values) error {
	domain, client := v["COGNITO_DOMAIN"], v["CLIENT_ID"]
	c.Region = v["AWS_REGION"].text
	c.ClientSecret = secret.New(v["CLIENT_SECRET"].text)
	switch {
	case domain.text == "" && client.text == "":
		return nil
	case domain.text == "":
		return wrong(client.origin, "CLIENT_ID", "is set but COGNITO_DOMAIN is not: set the user pool's domain, such as https://example.auth.eu-west-1.amazoncognito.com")
	case client.text == "":
		return wrong(domain.origin, "COGNITO_DOMAIN", "is set but CLIENT_ID is not: set the app client's id")
	}
	c.ClientID = client.text
	var err error
	c.Domain, err = parseDomain(domain, c.Region)
	return err
}

var prefix = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// parseDomain accepts a full address, or a bare prefix where a region is set.
func parseDomain(f found, region string) (*url.URL, error) {
	text := strings.TrimRight(f.text, "/")
	if prefix.MatchString(text) {
		if region == "" {
			return nil, wrong(f.origin, "COGNITO_DOMAIN", "%q is a bare prefix: set AWS_REGION as well, or give the full address", text)
		}
		text = "https://" + text + ".auth." + region + ".amazoncognito.com"
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || !strings.Contains(text, "://"):
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "has no scheme: write https://%s", strings.TrimPrefix(text, "//"))
	case u.Scheme == "http" && !Loopback(u.Hostname()):
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "http is for loopback addresses only: write https://%s", u.Host)
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "must be an https address, such as https://example.auth.eu-west-1.amazoncognito.com")
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "must be scheme and host alone: %s://%s", u.Scheme, u.Host)
	}
	return u, nil
}

// redirects checks where answers come back to.
func redirects(c *Config, v values) error {
	f := v["APP_URI"]
	for _, text := range strings.Split(f.text, ",") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		u, err := url.Parse(text)
		switch {
		case err != nil || u.Scheme != "http" || !Loopback(u.Hostname()):
			return wrong(f.origin, "APP_URI", "%q must be an http address of this machine, such as http://localhost:8501/, registered with the app client", text)
		case u.Port() == "":
			return wrong(f.origin, "APP_URI", "%q has no port: write http://%s:8501/ and register exactly that", text, u.Hostname())
		case u.Fragment != "" || u.RawQuery != "" || u.User != nil:
			return wrong(f.origin, "APP_URI", "%q must have no query, fragment or user", text)
		}
		if n, err := strconv.Atoi(u.Port()); err != nil || n < 1 || n > 65535 {
			return wrong(f.origin, "APP_URI", "%q has no such port", text)
		}
		c.RedirectURIs = append(c.RedirectURIs, text)
	}
	if len(c.RedirectURIs) == 0 {
		return wrong(f.origin, "APP_URI", "names no address: write http://localhost:8501/")
	}
	out := v["LOGOUT_URI"]
	c.LogoutURI = c.RedirectURIs[0]
	if out.text != "" {
		if u, err := url.Parse(out.text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return wrong(out.origin, "LOGOUT_URI", "must be an http or https address, exactly as registered with the app client")
		}
		c.LogoutURI = out.text
	}
	return nil
}

var poolID = regexp.MustCompile(`^([a-z]{2}(?:-[a-z]+)+-\d+)_[A-Za-z0-9]+$`)

func regionOfPool(id string) string {
	if m := poolID.FindStringSubmatch(id); m != nil {
		return m[1]
	}
	return ""
}

// issuer checks what tokens may name as theirs.
func issuer(c *Config, v values) error {
	id, iss, scopes := v["COGNITO_USER_POOL_ID"], v["COGNITO_ISSUER"], v["COGNITO_SCOPES"]
	if id.text != "" && regionOfPool(id.text) == "" {
		return wrong(id.origin, "COGNITO_USER_POOL_ID", "%q is not a user pool id such as eu-west-1_AbCdEfGhI", id.text)
	}
	c.UserPoolID = id.text
	if iss.text != "" {
		u, err := url.Parse(iss.text)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Hostname())) {
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

// devices checks the optional device grant add-on.
func devices(c *Config, v values) error {
	a, t := v["DEVICE_AUTHORIZATION_URL"], v["DEVICE_TOKEN_URL"]
	if (a.text == "") != (t.text == "") {
		return wrong(a.origin, "DEVICE_AUTHORIZATION_URL", "goes with DEVICE_TOKEN_URL: set both or neither")
	}
	for key, f := range map[string]found{"DEVICE_AUTHORIZATION_URL": a, "DEVICE_TOKEN_URL": t} {
		if err := httpURL(f, key); err != nil {
			return err
		}
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
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Hostname())) {
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
