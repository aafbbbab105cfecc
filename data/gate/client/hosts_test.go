package client_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/client"
)

func TestG57NamesThatLeadInside(t *testing.T) {
	o, err := client.ReadOffer(remote(nil), dash(t))
	if err != nil {
		t.Fatal(err)
	}
	const issuer = "cognito-idp.eu-central-1.amazonaws.com"
	for name, test := range map[string]struct {
		hosts map[string]string
		want  string
	}{
		"all of them are elsewhere":           {map[string]string{"dash.example.com": "203.0.113.1", "auth.example.com": "203.0.113.2", issuer: "203.0.113.3"}, ""},
		"none of them is known here":          {nil, ""},
		"a domain that is this machine":       {map[string]string{"auth.example.com": "127.0.0.1"}, "its domain auth.example.com is on this machine"},
		"an issuer that is this machine":      {map[string]string{issuer: "::1"}, "its issuer"},
		"an issuer that tells about machines": {map[string]string{issuer: "169.254.169.254"}, "its issuer"},
		"an issuer in a private network":      {map[string]string{issuer: "10.0.0.1"}, "its issuer"},
		"all of them in a private network":    {map[string]string{"dash.example.com": "10.0.0.1", "auth.example.com": "10.0.0.2", issuer: "10.0.0.3"}, ""},
		"one of two addresses is inside":      {map[string]string{issuer: "203.0.113.3 127.0.0.1"}, "its issuer"},
		"inside as IPv4 in IPv6":              {map[string]string{issuer: "::ffff:127.0.0.1"}, "its issuer"},
		"private, but the domain is here":     {map[string]string{"dash.example.com": "10.0.0.1", "auth.example.com": "127.0.0.1"}, "its domain"},
	} {
		t.Run(name, func(t *testing.T) {
			err := o.CheckHosts(t.Context(), func(_ context.Context, host string) (out []netip.Addr, err error) {
				for _, text := range strings.Fields(test.hosts[host]) {
					out = append(out, netip.MustParseAddr(text))
				}
				if out == nil {
					err = errors.New("no such host")
				}
				return out, err
			})
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v", err)
			}
		})
	}
}
