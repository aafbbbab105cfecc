package loopback

import (
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

// pasteInto is a listener without sockets, which Paste needs none of.
func pasteInto(t *testing.T, uri string) *Listener {
	t.Helper()
	at, err := parseRedirect(uri)
	if err != nil {
		t.Fatal(err)
	}
	l := &Listener{at: at, outcome: make(chan verdict, 1)}
	l.Expect(secret.New(goodState), "")
	return l
}

func TestL20APasteIsJudgedLikeACallback(t *testing.T) {
	const at = "http://localhost:8501/"
	query := good[1:]
	tests := map[string]struct {
		uri, text string
		want      string // part of the refusal, "" when it is accepted
	}{
		"the address":                       {at, at + query, ""},
		"with spaces around":                {at, "  " + at + query + " \r\n", ""},
		"broken by the terminal":            {at, at + query[:20] + "\r\n  " + query[20:], ""},
		"in a bracketed paste":              {at, "\x1b[200~" + at + query + "\x1b[201~", ""},
		"with control characters":           {at, "\x00\x07" + at + query + "\u200b\u202e", ""},
		"without the scheme":                {at, strings.TrimPrefix(at, "http://") + query, ""},
		"with an empty fragment":            {at, at + query + "#", ""},
		"with a fragment":                   {at, at + query + "#_=_", ""},
		"a redirect without a slash":        {"http://localhost:8501", at + query, ""},
		"a path":                            {"http://127.0.0.1:5000/loggedin", "http://127.0.0.1:5000/loggedin" + query, ""},
		"IPv6":                              {"http://[::1]:8501/", "http://[::1]:8501/" + query, ""},
		"nothing":                           {at, "", "not an address"},
		"the code alone":                    {at, goodCode, "not an address"},
		"the query alone":                   {at, query, "not an address"},
		"another host":                      {at, "http://evil.example:8501/" + query, "another page's"},
		"L-22 127.0.0.1 for localhost":      {at, "http://127.0.0.1:8501/" + query, ""},
		"L-22 IPv6 for localhost":           {at, "http://[::1]:8501/" + query, ""},
		"L-22 localhost for 127.0.0.1":      {"http://127.0.0.1:5000/in", "http://localhost:5000/in" + query, ""},
		"L-22 localhost for IPv6":           {"http://[::1]:8501/", "https://localhost:8501/" + query, ""},
		"L-22 without the scheme":           {at, "127.0.0.1:8501/" + query, ""},
		"L-22 IPv6 without the scheme":      {at, "[::1]:8501/" + query, ""},
		"L-22 with an older state":          {at, "http://127.0.0.1:8501/" + callback("code", "c", "state", "old")[1:], "from another attempt"},
		"L-22 on another port":              {at, "http://127.0.0.1:8502/" + query, "another page's"},
		"another loopback address":          {at, "http://127.0.0.2:8501/" + query, "another page's"},
		"every address":                     {at, "http://0.0.0.0:8501/" + query, "another page's"},
		"a host that ends alike":            {at, "http://evil.localhost:8501/" + query, "another page's"},
		"another port":                      {at, "http://localhost:8502/" + query, "another page's"},
		"another path":                      {at, at + "x" + query, "another page's"},
		"as https, by a browser with HSTS":  {at, "https://localhost:8501/" + query, ""},
		"another scheme":                    {at, "ftp://localhost:8501/" + query, "another page's"},
		"a dot after the host":              {at, "http://localhost.:8501/" + query, "another page's"},
		"a zone in the host":                {"http://[::1]:8501/", "http://[::1%25lo]:8501/" + query, "another page's"},
		"a password in it":                  {at, "http://u:p@localhost:8501/" + query, "another page's"},
		"a backslash before a host":         {at, `http://localhost:8501\@evil.example/` + query, "not an address"},
		"an escaped host":                   {at, "http://%6cocalhost:8501/" + query, "not an address"},
		"an escaped path":                   {"http://localhost:8501/cb", "http://localhost:8501/%63b" + query, "another page's"},
		"a path that goes up":               {"http://localhost:8501/cb", "http://localhost:8501/x/../cb" + query, "another page's"},
		"garbage before":                    {at, "Address: " + at + query, "not an address"},
		"garbage after":                     {at, at + query + "&x=\" and more", ""},
		"a user in it":                      {at, "http://localhost:8501@evil.example/" + query, "another page's"},
		"our host as a user":                {at, "http://u@localhost:8501/" + query, "another page's"},
		"the provider's page":               {at, "https://demo.auth.eu-west-1.amazoncognito.com/login?client_id=x&state=" + goodState, "another page's"},
		"the address without its query":     {at, at, "no answer"},
		"an older attempt":                  {at, at + callback("code", "c", "state", "old")[1:], "from another attempt"},
		"the state twice":                   {at, at + query + "&state=" + goodState, "from another attempt"},
		"an empty state":                    {at, at + callback("code", "c", "state", "")[1:], "from another attempt"},
		"an error of another attempt":       {at, at + callback("error", "access_denied", "state", "old")[1:], "from another attempt"},
		"cut off before the code":           {at, at + "?state=" + goodState, "cut off"},
		"the code twice":                    {at, at + query + "&code=b", "cut off"},
		"broken encoding":                   {at, at + "?code=%z&state=" + goodState, "cut off"},
		"a code that cannot be one":         {at, at + callback("code", "a\x01b", "state", goodState)[1:], "cut off"},
		"a byte that is no letter":          {at, at + "?code=a\xffb&state=" + goodState, "cut off"},
		"a query over 8 kB":                 {at, at + query + "&x=" + strings.Repeat("x", maxQuery), "cut off"},
		"a whole book":                      {at, strings.Repeat("x", 1<<20), "too long"},
		"an escape sequence instead of one": {at, "\x1b]52;c;aGk=\x07", "not an address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := pasteInto(t, test.uri)
			err := l.Paste(test.text)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Fatalf("got %v, want something about %q", err, test.want)
				}
				for _, hidden := range []string{goodState, goodCode, "evil", "\x1b", "\x07"} {
					if strings.Contains(err.Error(), hidden) {
						t.Errorf("the refusal repeats the text: %v", err)
					}
				}
				waiting(t, l)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := outcome(t, l)
			if err != nil || got.Code.Reveal() != goodCode {
				t.Errorf("Wait got %v", err)
			}
		})
	}
}

func TestL20APastedErrorEndsTheSignIn(t *testing.T) {
	l := pasteInto(t, "http://localhost:8501/")
	if err := l.Paste("http://localhost:8501/" + callback("error", "access_denied", "state", goodState)[1:]); err != nil {
		t.Fatal(err)
	}
	var said *ProviderError
	if _, err := outcome(t, l); !errors.As(err, &said) {
		t.Errorf("got %v", err)
	}
}

func TestL20ASecondPasteIsToldSo(t *testing.T) {
	l := pasteInto(t, "http://localhost:8501/")
	text := "http://localhost:8501/" + good[1:]
	if err := l.Paste(text); err != nil {
		t.Fatal(err)
	}
	if err := l.Paste(text); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("got %v", err)
	}
}
