package cognito

import (
	"net/url"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
)

// Config names a user pool domain and an app client of it.
type Config struct {
	Domain         *url.URL    // https, or http on a loopback address; no path
	ClientID       string      //
	ClientSecret   secret.Text // empty for a public client
	LogoutURI      string      // registered sign-out URL, may be empty
	Scopes         []string    // nil means openid and email
	Issuer         string      // "" while unknown (trust on first use)
	Resource       string      // optional resource for the access token (RFC 8707)
	ResourceID     string      // its identifier in the user pool, which a scope may begin with in the place of an audience; "" = none
	AnyAudience    bool        // the resource takes access tokens whatever they are for
	DeviceAuthURL  string      // device grant; both or none
	DeviceTokenURL string
}

// check refuses what could only fail later, or leak on its way.
func check(cfg Config) error {
	domain := cfg.Domain
	switch {
	case domain == nil || domain.Host == "" || domain.Hostname() == "":
		return misconfigured("COGNITO_DOMAIN is not an address; write it as https://PREFIX.auth.REGION.amazoncognito.com")
	case domain.Scheme != "https" && (domain.Scheme != "http" || !neterr.Loopback(domain.Hostname())):
		return misconfigured("COGNITO_DOMAIN must begin with https:// (http:// is for addresses of this machine only)")
	case domain.User != nil || domain.RawQuery != "" || domain.Fragment != "" || strings.Trim(domain.Path, "/") != "":
		return misconfigured("COGNITO_DOMAIN has more than scheme and host; write it as https://%s", domain.Host)
	case cfg.ClientID == "" || !printable(cfg.ClientID) || strings.Contains(cfg.ClientID, " "):
		return misconfigured("CLIENT_ID is empty or has odd characters; copy it from the app client's page in the Cognito console")
	case !printable(cfg.ClientSecret.Reveal()):
		return misconfigured("CLIENT_SECRET has odd characters; copy it again from the app client's page in the Cognito console")
	case !slices.Contains(cfg.Scopes, "openid"):
		return misconfigured("COGNITO_SCOPES must have openid in it, or there is no ID token to read groups from")
	}
	for _, scope := range cfg.Scopes {
		if scope == "" || !printable(scope) || strings.ContainsAny(scope, " \"\\") {
			return misconfigured("COGNITO_SCOPES holds %q, which is no scope; separate scopes by spaces", scope)
		}
	}
	return checkAddresses(cfg)
}

func checkAddresses(cfg Config) error {
	if cfg.Issuer != "" {
		if err := token.CheckIssuer(cfg.Issuer); err != nil {
			return misconfigured("COGNITO_ISSUER: %v", err)
		}
		if issuer, _ := url.Parse(cfg.Issuer); neterr.Loopback(issuer.Hostname()) && !neterr.Loopback(cfg.Domain.Hostname()) {
			return misconfigured("COGNITO_ISSUER is on this machine but COGNITO_DOMAIN is not; they belong to one pool")
		}
	}
	if cfg.LogoutURI != "" {
		if u, err := url.Parse(cfg.LogoutURI); err != nil || u.Scheme == "" || u.Fragment != "" || !printable(cfg.LogoutURI) {
			return misconfigured("LOGOUT_URI is not an address; use one of the app client's sign-out URLs")
		}
	}
	if (cfg.DeviceAuthURL == "") != (cfg.DeviceTokenURL == "") {
		return misconfigured("DEVICE_AUTHORIZATION_URL and DEVICE_TOKEN_URL go together; set both or neither")
	}
	for _, address := range []string{cfg.DeviceAuthURL, cfg.DeviceTokenURL} {
		u, err := url.Parse(address)
		if address != "" && (err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !neterr.Loopback(u.Hostname()))) {
			return misconfigured("DEVICE_AUTHORIZATION_URL and DEVICE_TOKEN_URL must begin with https://")
		}
	}
	return nil
}

// printable reports whether s is made of VSCHAR alone (RFC 6749 appendix A).
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7e })
}

// usable reports whether an address may be shown and opened.
func usable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && printable(address) && len(address) <= 2048 &&
		(u.Scheme == "https" || u.Scheme == "http" && neterr.Loopback(u.Hostname()))
}
