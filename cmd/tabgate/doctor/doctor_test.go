package doctor

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAGoodConfigurationIsFoundGood(t *testing.T) {
	for name, change := range map[string]func(*localpool.Options){
		"a public client":      nil,
		"a client with secret": func(o *localpool.Options) { o.ClientSecret = sampleSecret() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, change)
			for id, c := range w.run() {
				if c.Status != OK || c.Fix != "" {
					t.Errorf("%s: %+v", id, c)
				}
			}
		})
	}
}

// misconfiguration spoils a world; the check named is to find it, fail (or
// warn) and name the fix, and no other check may fail.
type misconfiguration struct {
	options func(*localpool.Options)
	spoil   func(*testing.T, *world)
	id      string
	status  Status
	fix     string // part of the fix or the detail
}

func TestSeededMisconfigurationsAreFoundAndTheFixNamed(t *testing.T) {
	withSecret := func(o *localpool.Options) { o.ClientSecret = sampleSecret() }
	tests := map[string]misconfiguration{
		"1 the wrong client": {nil, func(_ *testing.T, w *world) { w.Config.ClientID = "another" }, "client", Fail, "check CLIENT_ID"},
		"2 an unregistered callback": {nil, func(t *testing.T, w *world) {
			w.Config.RedirectURIs = []string{redirectTo(t)}
		}, "redirect", Fail, "allowed callback URLs"},
		"2b a callback without its last slash": {nil, func(_ *testing.T, w *world) {
			w.Config.RedirectURIs = []string{strings.TrimSuffix(w.Config.RedirectURIs[0], "/")}
		}, "redirect", Fail, "the last slash too"},
		"2c the second of two callbacks": {nil, func(t *testing.T, w *world) {
			w.Config.RedirectURIs = append(w.Config.RedirectURIs, "http://127.0.0.1:"+strings.Split(redirectTo(t), ":")[2])
		}, "redirect", Fail, "http://127.0.0.1:"},
		"3 no sign-out address":                {nil, func(_ *testing.T, w *world) { w.Config.LogoutURI = "http://localhost:1/bye" }, "sign-out", Fail, "http://localhost:1/bye"},
		"L-21 a sign-out address of tabgate's": {nil, func(*testing.T, *world) {}, "sign-out", OK, ", where tabgate shows a page for a few seconds after a log-out"},
		"L-21 a sign-out address that no page can have": {
			func(o *localpool.Options) { o.LogoutURIs = []string{"http://localhost/"} },
			func(_ *testing.T, w *world) { w.Config.LogoutURI = "http://localhost/" }, "sign-out", Warn, "tabgate can show no page there",
		},
		"4 a pool without a domain": {nil, func(_ *testing.T, w *world) {
			w.aws(map[string]string{
				awsIssuer + "/.well-known/openid-configuration": discoveryOf(awsIssuer, awsIssuer),
				awsIssuer + "/.well-known/jwks.json":            jwks(w),
			})
		}, "discovery", Fail, "Branding, Domain"},
		"5 a clock ten minutes ahead": {nil, func(_ *testing.T, w *world) {
			w.Now = func() time.Time { return time.Now().Add(10 * time.Minute) }
		}, "clock", Fail, "set the clock"},
		"5b a clock ten minutes behind": {nil, func(_ *testing.T, w *world) {
			w.Now = func() time.Time { return time.Now().Add(-10 * time.Minute) }
		}, "clock", Fail, "behind"},
		"6 the port taken": {nil, func(t *testing.T, w *world) { occupy(t, w.Config.RedirectURIs[0]) }, "ports", Fail, "in use"},
		"7 no keyring": {nil, func(_ *testing.T, w *world) {
			w.Store = store.Keyring(brokenRing{errors.New("dbus: DBUS_SESSION_BUS_ADDRESS not set")})
		}, "keyring", Fail, "start a keyring service"},
		"K-10 a service without a keyring": {nil, func(_ *testing.T, w *world) {
			w.Store = store.Keyring(brokenRing{errors.New("No such object path '/org/freedesktop/secrets/aliases/default'")})
		}, "keyring", Fail, "make a keyring and set it as the default"},
		"8 a locked keyring": {nil, func(_ *testing.T, w *world) {
			w.Store = store.Keyring(brokenRing{errors.New("org.freedesktop.Secret.Error.IsLocked")})
		}, "keyring", Fail, "unlock the keyring"},
		"10 an http domain": {nil, func(_ *testing.T, w *world) {
			w.Config, w.ConfigErr = load("COGNITO_DOMAIN=http://demo.example", "CLIENT_ID=a")
		}, "config", Fail, "https://demo.example"},
		"11 the secret wrong":      {withSecret, func(_ *testing.T, w *world) { w.Config.ClientSecret = secret.New("canary-wrong") }, "secret", Fail, "copy CLIENT_SECRET again"},
		"11b the secret missing":   {withSecret, func(_ *testing.T, w *world) { w.Config.ClientSecret = secret.Text{} }, "client", Fail, "set CLIENT_SECRET"},
		"11c a secret too many":    {nil, func(_ *testing.T, w *world) { w.Config.ClientSecret = secret.New("canary-wrong") }, "secret", Fail, "a public client has none"},
		"12 a scope not allowed":   {nil, func(_ *testing.T, w *world) { w.Config.Scopes = []string{"openid", "admin/all"} }, "scope", Fail, "COGNITO_SCOPES"},
		"13 keys out of reach":     {nil, func(_ *testing.T, w *world) { w.pool.Faults().Set(localpool.JWKS, faults.Fault{Drop: true}) }, "keys", Fail, "ended the connection"},
		"13b keys that are a page": {nil, func(_ *testing.T, w *world) { w.pool.Faults().Set(localpool.JWKS, faults.HTML(200)) }, "keys", Fail, "not JSON"},
		"14 no browser":            {nil, func(_ *testing.T, w *world) { w.env["BROWSER"] = "none" }, "browser", Warn, "paste back"},
		"14b no browser over SSH": {nil, func(_ *testing.T, w *world) {
			w.env = map[string]string{"SSH_CONNECTION": "10.0.0.9 5 10.0.0.1 22", "USER": "ana"}
		}, "browser", Warn, "ssh -L "},
		"15 the wrong issuer":          {nil, func(_ *testing.T, w *world) { w.Config.Issuer += "x" }, "discovery", Fail, "COGNITO_ISSUER"},
		"16 no configuration":          {nil, func(_ *testing.T, w *world) { w.Config, w.ConfigErr = load() }, "config", Fail, "config init"},
		"17 half of one":               {nil, func(_ *testing.T, w *world) { w.Config, w.ConfigErr = load("COGNITO_DOMAIN=" + awsDomain) }, "config", Fail, "CLIENT_ID is not"},
		"18 an unreadable certificate": {nil, func(_ *testing.T, w *world) { w.HTTPErr = errors.New("the CA file holds no certificate") }, "config", Fail, "ca_file"},
		"19 a page in the pool's place": {nil, func(_ *testing.T, w *world) {
			w.pool.Faults().Set(localpool.Authorize, faults.HTML(404))
		}, "domain", Fail, "Branding, Domain"},
		"20 a pool with trouble of its own": {nil, func(_ *testing.T, w *world) {
			w.pool.Faults().Set(localpool.Authorize, faults.HTML(503))
		}, "domain", Fail, "try again"},
		"21 nothing at the domain": {nil, func(t *testing.T, w *world) {
			w.Config.Domain, _ = url.Parse(strings.TrimSuffix(redirectTo(t), "/"))
			w.Config.Issuer = ""
		}, "domain", Fail, "pool serve"},
		"22 no such domain": {nil, func(_ *testing.T, w *world) {
			w.aws(nil)
			w.Config.UserPoolID = ""
			w.Config.Domain, _ = url.Parse("https://demmo.auth.eu-west-1.amazoncognito.com")
		}, "domain", Fail, "COGNITO_DOMAIN"},
		"23 another partition of AWS": {nil, func(_ *testing.T, w *world) {
			w.aws(map[string]string{
				awsIssuer + "/.well-known/openid-configuration": discoveryOf(awsIssuer, awsDomain),
				awsIssuer + "/.well-known/jwks.json":            jwks(w),
			})
			w.Config.UserPoolID, w.Config.Issuer = "us-gov-east-1_AbC", awsIssuer
		}, "domain", Fail, "from the same pool"},
		"24 the code grant off": {nil, func(_ *testing.T, w *world) {
			w.pool.Faults().Set(localpool.Token, faults.OAuthError(400, "unauthorized_client", ""))
		}, "client", Fail, "authorization code grant"},
		"25 a window too small":         {nil, func(_ *testing.T, w *world) { w.Terminal.Width = 20 }, "terminal", Warn, "40 x 12"},
		"25b a terminal that is none":   {nil, func(_ *testing.T, w *world) { w.Terminal.Name = "dumb" }, "terminal", Fail, "TERM"},
		"25e a window of unknown size":  {nil, func(_ *testing.T, w *world) { w.Terminal.Width, w.Terminal.Height = 0, 0 }, "terminal", OK, "xterm-256color, of unknown size"},
		"25c a pipe":                    {nil, func(_ *testing.T, w *world) { w.Terminal.TTY = false }, "terminal", Warn, "demo --tour"},
		"25d a locale without UTF-8":    {nil, func(_ *testing.T, w *world) { w.Terminal.UTF8 = false }, "terminal", Warn, "LANG"},
		"26 sessions in memory":         {nil, func(_ *testing.T, w *world) { w.Store = store.Memory() }, "keyring", Warn, "keyring"},
		"26b a store that has no home":  {nil, func(_ *testing.T, w *world) { w.StoreErr = errors.New("no home") }, "keyring", Fail, "memory"},
		"27 a proxy that is no address": {nil, func(_ *testing.T, w *world) { w.env["HTTPS_PROXY"] = "http://%zz" }, "proxy", Fail, "3128"},
		"28 one of two ports taken": {func(o *localpool.Options) { o.RedirectURIs = append(o.RedirectURIs, "http://localhost:1/") }, func(_ *testing.T, w *world) {
			occupy(t, w.Config.RedirectURIs[0])
			w.Config.RedirectURIs = append(w.Config.RedirectURIs, redirectTo(t))
			w.pool.Faults().Set(localpool.Authorize, faults.Redirect(302, "/login"))
		}, "ports", Warn, "the next address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, test.options)
			test.spoil(t, w)
			checks := w.run()
			got := checks[test.id]
			if got.Status != test.status || !strings.Contains(got.Detail+" "+got.Fix, test.fix) {
				t.Errorf("got %+v, want %s with %q", got, test.status, test.fix)
			}
			for id, c := range checks {
				if id != test.id && c.Status == Fail {
					t.Errorf("%s fails as well: %+v", id, c)
				}
				if strings.Contains(c.Detail+c.Fix, "canary") {
					t.Errorf("%s shows the secret", id)
				}
			}
			if all := Run(t.Context(), w.Deps); Healthy(all) != (test.status != Fail) {
				t.Errorf("healthy: %v", Healthy(all))
			}
		})
	}
}
