package client_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestParseAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"https://dash.example.com": "https://dash.example.com", "HTTPS://Dash.Example.COM:443/": "https://dash.example.com",
		" https://dash.example.com:8443 ": "https://dash.example.com:8443", "https://bücher.example": "https://xn--bcher-kva.example",
		"http://127.0.0.1:8443/": "http://127.0.0.1:8443", "http://LOCALHOST:80": "http://localhost", "http://[::1]:08443": "http://[::1]:8443",
		"https://[2001:DB8:0::1]": "https://[2001:db8::1]", "http://[::ffff:127.0.0.1]:1": "http://127.0.0.1:1",
	} {
		t.Run("takes "+typed, func(t *testing.T) {
			a, err := client.ParseAddress(typed)
			if err != nil || a.String() != want {
				t.Fatalf("%q, %v", a.String(), err)
			}
			if again, err := client.ParseAddress(want); err != nil || again != a {
				t.Errorf("%q again is %q, %v", want, again.String(), err)
			}
		})
	}
	for typed, want := range map[string]string{
		"": "begins with https", "dash.example.com": "begins with https", "https://": "begins with https", "ftp://dash.example.com": "begins with https",
		"https://me@dash.example.com": "before @", "https://me:pw@dash.example.com": "before @", "https://dash.example.com/x": "no path", "https://dash.example.com//": "no path",
		"https://dash.example.com?": "no query", "https://dash.example.com/#": "no query", "https://dash.example.com/?a=b": "no query",
		"http://dash.example.com": "http is for this machine", "http://10.0.0.1": "http is for this machine", "http://localhost.example": "http is for this machine",
		"https://dash.example.com:": "port", "https://dash.example.com:0": "port", "https://dash.example.com:65536": "port",
		"https://dash.example.com.": "no host name", "https://127.1": "no host name", "https://2130706433": "no host name", "https://0x7f.0.0.0x1": "no host name",
		"https://[fe80::1%25eth0]": "interface", "https://dash_example.com": "no host name", "https://da sh": "cannot be read", "https://dash.example.com:x": "cannot be read",
		"https://" + strings.Repeat("a", 600): "cannot be read", "https:dash.example.com": "cannot be read",
	} {
		t.Run("G-30 refuses "+typed, func(t *testing.T) {
			a, err := client.ParseAddress(typed)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q, %v", a.String(), err)
			}
		})
	}
}

// remote is the document of an honest server that is elsewhere.
func remote(change func(d, ours map[string]any)) []byte {
	issuer := "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc"
	ours := map[string]any{
		"domain": "https://auth.example.com", "client_id": "abc", "logout_uri": "http://localhost:8501/",
		"redirect_uris":  []string{"http://localhost:8501" + client.CallbackPath(issuer), "http://127.0.0.1:8502" + client.CallbackPath(issuer)},
		"sends_token_to": []string{"https://trino.example.com:8443"},
	}
	d := map[string]any{
		"resource": "https://dash.example.com", "authorization_servers": []string{issuer}, "scopes_supported": []string{"openid", "email", "dash/read"},
		"bearer_methods_supported": []string{"header"}, "resource_name": "Credit desk", "tabgate": ours, "resource_documentation": "https://dash.example.com/about",
	}
	if change != nil {
		change(d, ours)
	}
	text, err := json.Marshal(d)
	if err != nil {
		panic(err)
	}
	return text
}

func dash(t *testing.T) client.Address {
	t.Helper()
	a, err := client.ParseAddress("https://dash.example.com")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestReadOffer(t *testing.T) {
	t.Run("an honest one is taken whole", func(t *testing.T) {
		o, err := client.ReadOffer(remote(nil), dash(t))
		if err != nil {
			t.Fatal(err)
		}
		want := "dash.example.com shows pages to people who sign in at auth.example.com. It, and trino.example.com:8443, will be given your access token for that. The token is asked to carry the right dash/read."
		if o.Words() != want || o.Identifier() != "dash" || o.Issuer == "" || len(o.Redirects) != 2 {
			t.Errorf("%q; %+v", o.Words(), o)
		}
	})
	t.Run("the question is short where there is nothing more to say", func(t *testing.T) {
		o, err := client.ReadOffer(remote(func(d, ours map[string]any) {
			d["scopes_supported"], ours["sends_token_to"] = []string{"openid", "https://dash.example.com/read"}, []string{}
		}), dash(t))
		if err != nil || o.Words() != "dash.example.com shows pages to people who sign in at auth.example.com. It will be given your access token for that." {
			t.Errorf("%q, %v", o.Words(), err)
		}
	})
	t.Run("that any audience is taken is in the question", func(t *testing.T) {
		o, err := client.ReadOffer(remote(func(_, ours map[string]any) { ours["any_audience"] = true }), dash(t))
		if err != nil || !strings.Contains(o.Words(), "tokens that were made for other servers") {
			t.Errorf("%q, %v", o.Words(), err)
		}
	})
}

func TestHostileOffers(t *testing.T) {
	type change = func(d, ours map[string]any)
	set := func(name string, v any) change { return func(_, ours map[string]any) { ours[name] = v } }
	top := func(name string, v any) change { return func(d, _ map[string]any) { d[name] = v } }
	long := strings.Repeat("x", 2000)
	tests := map[string]struct {
		change change
		want   string
	}{
		"G-27 the resource of another server":              {top("resource", "https://other.example.com"), "not its address"},
		"G-27 a resource with a slash at its end":          {top("resource", "https://dash.example.com/"), "not its address"},
		"G-27 a resource in other case":                    {top("resource", "https://DASH.example.com"), "not its address"},
		"G-27 a resource that is no text":                  {top("resource", []string{"https://dash.example.com"}), "no text"},
		"G-27 no resource":                                 {top("resource", nil), "no text"},
		"two issuers":                                      {top("authorization_servers", []string{"https://a.example", "https://b.example"}), "2 issuers"},
		"no issuer":                                        {top("authorization_servers", []string{}), "0 issuers"},
		"the token in a query":                             {top("bearer_methods_supported", []string{"query"}), "elsewhere than in a header"},
		"G-57 an issuer on this machine":                   {top("authorization_servers", []string{"https://127.0.0.1/pool"}), "on this machine"},
		"G-57 an issuer called localhost":                  {top("authorization_servers", []string{"https://localhost/pool"}), "on this machine"},
		"G-57 an issuer in a private network":              {top("authorization_servers", []string{"https://10.1.2.3/pool"}), "on this machine or the network"},
		"G-57 an issuer at a link-local address":           {top("authorization_servers", []string{"https://169.254.169.254/latest"}), "on this machine or the network"},
		"G-57 an issuer at a private address of IPv6":      {top("authorization_servers", []string{"https://[fd00::1]/"}), "on this machine or the network"},
		"G-57 an issuer at an address of IPv4 in IPv6":     {top("authorization_servers", []string{"https://[::ffff:10.0.0.1]/"}), "on this machine or the network"},
		"G-57 an issuer of a short name":                   {top("authorization_servers", []string{"https://intranet/"}), "on this machine or the network"},
		"G-57 an issuer written as one number":             {top("authorization_servers", []string{"https://2130706433/"}), "no host name"},
		"G-57 an issuer over http":                         {top("authorization_servers", []string{"http://auth.example.com"}), "https"},
		"G-57 an issuer with a user":                       {top("authorization_servers", []string{"https://a@auth.example.com"}), "no address"},
		"G-57 a domain on this machine":                    {set("domain", "http://127.0.0.1:9229"), "does not begin with https"},
		"G-57 a domain on this machine over https":         {set("domain", "https://[::1]"), "on this machine"},
		"G-57 a domain in a private network":               {set("domain", "https://192.168.0.1"), "on this machine or the network"},
		"G-57 a domain with a path":                        {set("domain", "https://auth.example.com/x"), "has a path"},
		"G-57 a domain that runs a script":                 {set("domain", "javascript:alert(1)"), "no address"},
		"G-57 a log-out address that is elsewhere":         {set("logout_uri", "https://evil.example/"), "log-out address"},
		"G-57 a redirect address that is elsewhere":        {set("redirect_uris", []string{"http://evil.example:8501/cb/x"}), "not one of this machine"},
		"G-57 a redirect address over https":               {set("redirect_uris", []string{"https://localhost:8501/cb/x"}), "not one of this machine"},
		"G-57 no redirect address":                         {set("redirect_uris", []string{}), "0 redirect addresses"},
		"G-43 a redirect address at the usual path":        {set("redirect_uris", []string{"http://localhost:8501/"}), "path for its issuer"},
		"G-43 a redirect address at another issuer's path": {set("redirect_uris", []string{"http://localhost:8501" + client.CallbackPath("https://auth.example.com")}), "path for its issuer"},
		"a redirect address without a port":                {set("redirect_uris", []string{"http://localhost" + client.CallbackPath("x")}), "no port"},
		"a client of blanks":                               {set("client_id", "a b"), "client_id"},
		"no client":                                        {set("client_id", ""), "client_id"},
		"a client with an escape":                          {set("client_id", "a\x1b[2J"), "cannot be seen"},
		"a domain that is long":                            {set("domain", "https://"+long), "too long"},
		"the token for somebody without a name":            {set("sends_token_to", []string{"trino"}), "no address"},
		"the token for an address that is not normalised":  {set("sends_token_to", []string{"https://TRINO.example.com"}), "no address"},
		"the token for somebody on this machine":           {set("sends_token_to", []string{"http://127.0.0.1:80"}), "no address"},
		"the token for a port of this machine":             {set("sends_token_to", []string{"http://127.0.0.1:81"}), "this machine"},
		"the token for one twice":                          {set("sends_token_to", []string{"https://a.example", "https://a.example"}), "twice"},
		"the token for very many":                          {set("sends_token_to", slices.Repeat([]string{"https://a.example"}, 99)), "too many"},
		"G-44 rights at two resource servers":              {top("scopes_supported", []string{"dash/read", "payroll/delete"}), "two resource servers"},
		"a scope that is none":                             {top("scopes_supported", []any{"openid", 5}), "no list"},
		"no member for tabgate":                            {top("tabgate", 5), "tabgate"},
		"any audience in words":                            {set("any_audience", "yes"), "any_audience"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, err := client.ReadOffer(remote(test.change), dash(t))
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.As(err, new(*client.OfferError)) {
				t.Fatalf("%+v, %v", o, err)
			}
			if o.Server != "" {
				t.Errorf("%+v came along", o)
			}
			if strings.ContainsAny(err.Error(), "\x1b\n") || len(err.Error()) > 1000 {
				t.Errorf("%q", err)
			}
		})
	}
	for name, text := range map[string]string{
		"nothing": "", "a list": "[]", "null": "null", "two objects": "{}{}", "a name twice": `{"resource":"a","resource":"b"}`, "a name twice further in": `{"tabgate":{"domain":"a","domain":"b"}}`,
		"depth": strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100), "broken UTF-8": "{\"resource\":\"\xff\"}",
	} {
		if _, err := client.ReadOffer([]byte(text), dash(t)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestG44HostileScopesAreNotAskedFor(t *testing.T) {
	o, err := client.ReadOffer(remote(func(d, _ map[string]any) {
		d["scopes_supported"] = []string{"openid", "aws.cognito.signin.user.admin", "aws.cognito.signin/user", "phone", "profile", "offline_access", "dash/read", "dash/re\"ad", "/x", "x/", "dash/write"}
	}), dash(t))
	if err != nil || !slices.Equal(o.Scopes, []string{"openid", "email", "dash/read", "dash/write"}) {
		t.Errorf("%q, %v", o.Scopes, err)
	}
}

func TestChanges(t *testing.T) {
	read := func(change func(d, ours map[string]any)) client.Offer {
		o, err := client.ReadOffer(remote(change), dash(t))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	was := read(nil)
	if got := was.Changes(read(func(d, _ map[string]any) { d["resource_name"] = "Another name" })); len(got) > 0 {
		t.Errorf("a name is no part of the unit: %q", got)
	}
	for name, test := range map[string]struct {
		change func(d, ours map[string]any)
		want   string
	}{
		"G-29 another domain":           {func(_, ours map[string]any) { ours["domain"] = "https://evil.example" }, "sign-in page was https://auth.example.com and is https://evil.example"},
		"G-29 another client":           {func(_, ours map[string]any) { ours["client_id"] = "x" }, "client was abc and is x"},
		"G-29 another who gets a token": {func(_, ours map[string]any) { ours["sends_token_to"] = []string{} }, "others that get the token was https://trino.example.com:8443 and is none"},
		"G-29 another scope":            {func(d, _ map[string]any) { d["scopes_supported"] = []string{"dash/write"} }, "dash/write"},
		"G-29 any audience":             {func(_, ours map[string]any) { ours["any_audience"] = true }, "made for others now"},
		"G-29 no log-out address":       {func(_, ours map[string]any) { delete(ours, "logout_uri") }, "log-out address was http://localhost:8501/ and is none"},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(was.Changes(read(test.change)), "; ")
			if !strings.Contains(got, test.want) {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestFetchOffer(t *testing.T) {
	t.Run("asks for one document, without a token", func(t *testing.T) {
		s := newServer(t)
		s.offer(t)
		if got := s.seen(); !slices.Equal(got, []string{wire.ResourcePath}) {
			t.Errorf("%q", got)
		}
	})
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"G-57 a redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "not followed"},
		"G-57 a redirect to where it is": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/x", http.StatusPermanentRedirect)
		}, "redirects to https://evil.example"},
		"a page in HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("{}"))
		}, "no JSON"},
		"nothing there": {http.NotFound, "no tabgate server"},
		"trouble":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "trouble of its own"},
		"G-31 without end": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte(strings.Repeat(" ", 1<<16))); err != nil {
					return
				}
			}
		}, "more than 64 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.on(wire.ResourcePath, test.answer)
			at, err := client.ParseAddress(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.FetchOffer(t.Context(), http.DefaultClient, at)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v", err)
			}
			if got := s.seen(); len(got) != 1 {
				t.Errorf("%q", got)
			}
		})
	}
}
