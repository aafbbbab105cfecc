package cognito

import (
	"net/http"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestA4WhatIsRefusedBeforeAnythingIsAsked(t *testing.T) {
	const good = "https://my.auth.us-west-2.amazoncognito.com"
	at := func(address string) func(*Config) {
		return func(cfg *Config) { cfg.Domain = config(address).Domain }
	}
	tests := map[string]struct {
		change func(*Config)
		text   string // of the refusal; "" means fine
	}{
		"a prefix domain":                    {at(good), ""},
		"a slash at the end":                 {at(good + "/"), ""},
		"a custom domain with a port":        {at("https://auth.example.com:8443"), ""},
		"A-4 http on loopback":               {at("http://127.0.0.1:9229"), ""},
		"A-4 http on localhost":              {at("http://localhost:9229"), ""},
		"A-4 http on loopback by IPv6":       {at("http://[::1]:9229"), ""},
		"A-4 http elsewhere":                 {at("http://auth.example.com"), "https://"},
		"A-4 http on a look-alike":           {at("http://localhost.example.com"), "https://"},
		"A-4 http on a private network":      {at("http://192.168.1.2"), "https://"},
		"A-4 no scheme":                      {at("my.auth.us-west-2.amazoncognito.com"), "COGNITO_DOMAIN"},
		"A-4 another scheme":                 {at("ftp://auth.example.com"), "https://"},
		"a path":                             {at(good + "/oauth2"), "scheme and host"},
		"a query":                            {at(good + "?x"), "scheme and host"},
		"a user":                             {at("https://u:canary@auth.example.com"), "scheme and host"},
		"no domain":                          {func(cfg *Config) { cfg.Domain = nil }, "COGNITO_DOMAIN"},
		"no client":                          {func(cfg *Config) { cfg.ClientID = "" }, "CLIENT_ID"},
		"a client with a line break":         {func(cfg *Config) { cfg.ClientID = "a\nb" }, "CLIENT_ID"},
		"a secret with a line break":         {func(cfg *Config) { cfg.ClientSecret = secret.New("canary\n") }, "CLIENT_SECRET"},
		"scopes without openid":              {func(cfg *Config) { cfg.Scopes = []string{"email"} }, "openid"},
		"a scope with a space":               {func(cfg *Config) { cfg.Scopes = []string{"openid", "a b"} }, "COGNITO_SCOPES"},
		"an issuer of AWS":                   {func(cfg *Config) { cfg.Issuer = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_x" }, ""},
		"A-4 an issuer over http":            {func(cfg *Config) { cfg.Issuer = "http://id.example.com" }, "COGNITO_ISSUER"},
		"E-2 an issuer here, a domain there": {func(cfg *Config) { cfg.Issuer = "http://127.0.0.1:9229/pool" }, "one pool"},
		"a sign-out address that is none":    {func(cfg *Config) { cfg.LogoutURI = "localhost:8501\x1b" }, "LOGOUT_URI"},
		"one device address of two":          {func(cfg *Config) { cfg.DeviceAuthURL = "https://d.example/token" }, "both or neither"},
		"both device addresses": {func(cfg *Config) {
			cfg.DeviceAuthURL, cfg.DeviceTokenURL = "https://d.example/a", "https://d.example/t"
		}, ""},
		"A-4 device addresses over http":      {func(cfg *Config) { cfg.DeviceAuthURL, cfg.DeviceTokenURL = "http://d.example/a", "http://d.example/t" }, "https://"},
		"A-4 device addresses without a host": {func(cfg *Config) { cfg.DeviceAuthURL, cfg.DeviceTokenURL = "https:///a", "https:///t" }, "https://"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := config(good)
			test.change(&cfg)
			_, err := New(cfg, http.DefaultClient)
			if (err == nil) != (test.text == "") {
				t.Fatalf("got %v", err)
			}
			if err != nil {
				if e := asError(t, err); e.Kind != Misconfigured || !strings.Contains(err.Error(), test.text) {
					t.Errorf("got %v", err)
				}
			}
		})
	}
}
