// Package cognito speaks with a Cognito user pool domain: the authorize URL,
// the token, userInfo and revoke endpoints, the sign-out URL. It does not
// verify tokens, keep them, or know who asks.
package cognito

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
	"golang.org/x/oauth2"
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
	DeviceAuthURL  string      // device grant; both or none
	DeviceTokenURL string
}

// Client makes the requests of one app client. It may be used by several
// goroutines.
type Client struct {
	cfg   Config
	hc    *http.Client
	limit time.Duration // of one request, from connecting to the last byte
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
	float func() float64 // in [0,1), spreads the waits before a retry

	discovers bool // the endpoints are the issuer's to say
	found     atomic.Pointer[endpoints]
}

// New checks the configuration and makes a client. It asks nobody. A nil hc
// means HTTPClient(nil).
func New(cfg Config, hc *http.Client) (*Client, error) {
	if len(cfg.Scopes) == 0 {
		cfg.Scopes = []string{"openid", "email"}
	}
	if err := check(cfg); err != nil {
		return nil, err
	}
	domain := *cfg.Domain
	domain.Path, domain.RawPath = "", ""
	cfg.Domain, cfg.Scopes = &domain, slices.Clone(cfg.Scopes)
	if hc == nil {
		hc = HTTPClient(nil)
	}
	return &Client{cfg: cfg, hc: hc, limit: deadline, now: time.Now, sleep: sleep, float: jitter, discovers: discovers(cfg)}, nil
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

// endpoint gives an address on the domain.
func (c *Client) endpoint(path string) string { return c.cfg.Domain.String() + path }

// oauth gives x/oauth2's view of the client. The auth style is explicit: left
// to itself the library tries both, and a code works only once.
func (c *Client) oauth(redirectURI string) *oauth2.Config {
	style := oauth2.AuthStyleInParams
	if !c.cfg.ClientSecret.Empty() {
		style = oauth2.AuthStyleInHeader
	}
	return &oauth2.Config{
		ClientID: c.cfg.ClientID, ClientSecret: c.cfg.ClientSecret.Reveal(),
		RedirectURL: redirectURI, Scopes: c.cfg.Scopes,
		Endpoint: oauth2.Endpoint{
			AuthURL: c.at().authorize, TokenURL: c.at().token, AuthStyle: style,
			DeviceAuthURL: c.cfg.DeviceAuthURL,
		},
	}
}

// LogoutURL is where a browser ends the pool's own session, which would
// otherwise sign the same person in again without a word for an hour. It is
// "" when no sign-out URL is configured or the provider has no such address.
func (c *Client) LogoutURL() string {
	address := c.at().logout
	if c.cfg.LogoutURI == "" || address == "" {
		return ""
	}
	query := url.Values{"client_id": {c.cfg.ClientID}, "logout_uri": {c.cfg.LogoutURI}}
	if c.discovers { // as OpenID Connect RP-Initiated Logout 1.0 calls it
		query = url.Values{"client_id": {c.cfg.ClientID}, "post_logout_redirect_uri": {c.cfg.LogoutURI}}
	}
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	return address + join + query.Encode()
}
