// Package cognito speaks with a Cognito user pool domain: the authorize URL,
// the token, userInfo and revoke endpoints, the sign-out URL. It does not
// verify tokens, keep them, or know who asks.
//
// A [Client] is three layers, each of which knows only those below it: the
// operations (attempt.go, tokens.go, refresh.go, device.go, userinfo.go,
// revoke.go), the locator, which says where to ask (endpoints.go), and the
// wire, which sends one request, reads its answer within bounds (record.go)
// and words what went wrong (fail.go, by way of help.go and trigger.go).
//
// A redirect code becomes tokens like this: [Client.Exchange] finds the
// endpoint, grant lets x/oauth2 send the request through a recorder, readGrant
// reads the answer strictly, x/oauth2 gets to see nothing else, and judge
// makes [Tokens] or an [Error] of it.
package cognito

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// Client makes the requests of one app client. It may be used by several
// goroutines.
type Client struct {
	locator
	sleep func(context.Context, time.Duration) error
	float func() float64 // in [0,1), spreads the waits before a retry
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
	return &Client{
		locator: locator{wire: wire{cfg: cfg, hc: hc, limit: deadline, now: time.Now}, discovers: discovers(cfg)},
		sleep:   sleep, float: rand.Float64,
	}, nil
}

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
