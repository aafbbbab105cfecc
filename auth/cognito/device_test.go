package cognito

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

const (
	begun = `{"device_code":"canary-device","user_code":"WDJB-MJHT","verification_uri":"https://d.example/device",
		"verification_uri_complete":"https://d.example/device?code=WDJBMJHT&authorize=true","interval":5,"expires_in":1800}`
	pending = `{"error":"authorization_pending"}`
)

// inMemory answers without a network, so that time can be a test's own.
type inMemory struct {
	answers []http.HandlerFunc
	asked   []*http.Request
	at      []time.Duration // since the first request
	begin   time.Time
}

func (m *inMemory) RoundTrip(req *http.Request) (*http.Response, error) {
	if m.asked == nil {
		m.begin = time.Now()
	}
	req.ParseForm()
	m.asked, m.at = append(m.asked, req), append(m.at, time.Since(m.begin))
	rec := httptest.NewRecorder()
	m.answers[min(len(m.asked), len(m.answers))-1](rec, req)
	return rec.Result(), req.Context().Err()
}

// deviceClient is configured for two addresses, or for one as in AWS's sample.
func deviceClient(t *testing.T, m *inMemory, sample bool, change ...func(*Config)) *Client {
	t.Helper()
	cfg := config("https://my.auth.us-west-2.amazoncognito.com")
	cfg.DeviceAuthURL, cfg.DeviceTokenURL = "https://d.example/start", "https://d.example/token"
	if sample {
		cfg.DeviceAuthURL = cfg.DeviceTokenURL
	}
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg, &http.Client{Transport: m})
	if err != nil {
		t.Fatal(err)
	}
	c.sleep = func(context.Context, time.Duration) error { return nil }
	return c
}

// signIn goes through a whole device grant with the answers to it.
func signIn(t *testing.T, m *inMemory, sample bool, change ...func(*Config)) (Tokens, error) {
	t.Helper()
	c := deviceClient(t, m, sample, change...)
	d, err := c.StartDevice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d.UserCode != "WDJB-MJHT" || d.Address != "https://d.example/device" || !strings.Contains(d.Complete, "WDJBMJHT") || time.Until(d.Expiry) != 30*time.Minute {
		t.Errorf("got %+v", d)
	}
	if strings.Contains(fmt.Sprintf("%v %+v %#v", d, d, d), "canary") {
		t.Error("T-11: the device code shows")
	}
	return c.PollDevice(t.Context(), d)
}

func TestADeviceSignsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &inMemory{answers: []http.HandlerFunc{says(200, begun), says(400, pending), says(400, `{"error":"slow_down"}`), says(400, pending), says(200, granted)}}
		tokens, err := signIn(t, m, false)
		if err != nil || !tokens.ID.Equal("canary-id") || !tokens.Refresh.Equal("canary-refresh-new") {
			t.Fatalf("got %v", err)
		}
		if got := fmt.Sprint(m.at); got != "[0s 5s 10s 20s 30s]" {
			t.Errorf("asked at %s; slow_down must add five seconds for good", got)
		}
		first, second := m.asked[0], m.asked[1]
		if want := "client_id=" + clientID + "&scope=openid+email"; first.URL.String() != "https://d.example/start" || first.PostForm.Encode() != want {
			t.Errorf("asked %s with %s", first.URL, first.PostForm.Encode())
		}
		want := url.Values{"client_id": {clientID}, "device_code": {"canary-device"}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}}
		if second.URL.String() != "https://d.example/token" || second.PostForm.Encode() != want.Encode() {
			t.Errorf("asked %s with %s", second.URL, second.PostForm.Encode())
		}
	})
}

func TestADeviceSignsInAtAWSsSample(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lax := func(status int, body string) http.HandlerFunc { return raw(status, "text/plain", body) }
		m := &inMemory{answers: []http.HandlerFunc{
			lax(200, begun), lax(400, pending),
			lax(200, `{"access_token":"canary-access","refresh_token":"canary-refresh-new","expires_in":3600}`), says(200, refreshed),
		}}
		tokens, err := signIn(t, m, true, withSecret)
		if err != nil || !tokens.ID.Equal("canary-id") || !tokens.Refresh.Equal("canary-refresh-new") {
			t.Fatalf("got %v", err)
		}
		for i, query := range []string{
			"client_id=" + clientID + "&scope=openid+email",
			"client_id=" + clientID + "&device_code=canary-device&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code",
		} {
			r := m.asked[i]
			if id, password, _ := r.BasicAuth(); r.URL.RawQuery != query || len(r.PostForm) != 0 || id != clientID || password != clientSecret {
				t.Errorf("request %d: %s with the form %v", i, r.URL, r.PostForm)
			}
		}
		if last := m.asked[3]; last.URL.Host != "my.auth.us-west-2.amazoncognito.com" || last.PostForm.Get("grant_type") != "refresh_token" {
			t.Errorf("the ID token was asked for at %s", last.URL)
		}
	})
}

func TestDeviceSignInsThatEnd(t *testing.T) {
	drop := func(http.ResponseWriter, *http.Request) {}
	tests := map[string]struct {
		answers []http.HandlerFunc
		sample  bool
		kind    Kind
		text    string
		last    time.Duration // when the last request was sent
	}{
		"the code has run out":                   {[]http.HandlerFunc{says(400, `{"error":"expired_token"}`)}, false, Refused, "run out", 5 * time.Second},
		"the sample's name for it":               {[]http.HandlerFunc{says(400, `{"error":"expired"}`)}, true, Refused, "run out", 5 * time.Second},
		"the person refuses":                     {[]http.HandlerFunc{says(400, `{"error":"access_denied"}`)}, false, Refused, "refused on the other device", 5 * time.Second},
		"a wrong client":                         {[]http.HandlerFunc{says(401, `{"error":"invalid_client"}`)}, false, Misconfigured, "CLIENT_ID", 5 * time.Second},
		"an answer that is not JSON":             {[]http.HandlerFunc{raw(200, "text/html", "<h1>")}, false, Malformed, "not JSON", 5 * time.Second},
		"T-6 no token type is a fault elsewhere": {[]http.HandlerFunc{says(200, `{"access_token":"a","token_type":"mac"}`)}, false, Malformed, "token_type", 5 * time.Second},
		"neither an ID token nor a way to it":    {[]http.HandlerFunc{says(200, `{"access_token":"a"}`)}, true, Malformed, "RESULT_TOKEN_SET", 5 * time.Second},
		"T-1 a redirect": {[]http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example", http.StatusTemporaryRedirect)
		}}, false, Malformed, "redirect", 5 * time.Second},
		"trouble that passes slows down": {[]http.HandlerFunc{says(503, `{}`), says(429, `{}`), says(400, `{"error":"access_denied"}`)}, false, Refused, "refused", 30 * time.Second},
		"an empty answer":                {[]http.HandlerFunc{drop}, false, Malformed, "not JSON", 5 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &inMemory{answers: append([]http.HandlerFunc{says(200, begun)}, test.answers...)}
				tokens, err := signIn(t, m, test.sample)
				if e := asError(t, err); e.Kind != test.kind || !strings.Contains(e.Help, test.text) || !tokens.Access.Empty() {
					t.Errorf("got %v: %v", e.Kind, err)
				}
				if got := m.at[len(m.at)-1]; got != test.last {
					t.Errorf("last asked after %v, want %v", got, test.last)
				}
			})
		})
	}
}

func TestADeviceCodeThatNobodyEntersRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &inMemory{answers: []http.HandlerFunc{says(200, strings.Replace(begun, `"interval":5`, `"interval":7`, 1)), says(400, pending)}}
		_, err := signIn(t, m, false)
		if e := asError(t, err); e.Kind != Refused || !strings.Contains(e.Help, "run out") || time.Since(m.begin) != 30*time.Minute {
			t.Errorf("after %v: %v", time.Since(m.begin), err)
		}
	})
}

func TestADeviceSignInIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := deviceClient(t, &inMemory{answers: []http.HandlerFunc{says(200, begun), says(400, pending)}}, false)
		ctx, cancel := context.WithCancel(t.Context())
		d, err := c.StartDevice(ctx)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(12*time.Second, cancel)
		if _, err := c.PollDevice(ctx, d); asError(t, err).Kind != Cancelled {
			t.Errorf("got %v", err)
		}
		if _, err := c.StartDevice(ctx); asError(t, err).Kind != Cancelled {
			t.Errorf("begun though cancelled: %v", err)
		}
	})
}

func TestDeviceAnswersThatCannotBeUsed(t *testing.T) {
	change := func(old, new string) http.HandlerFunc { return says(200, strings.Replace(begun, old, new, 1)) }
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   Kind
	}{
		"A-3 an address with another scheme": {change(`"https://d.example/device"`, `"javascript:alert(1)"`), Malformed},
		"A-3 a file":                         {change(`"https://d.example/device"`, `"file:///etc/passwd"`), Malformed},
		"A-4 plain http":                     {change(`"https://d.example/device"`, `"http://d.example/device"`), Malformed},
		"L-10 an address that paints":        {change(`"https://d.example/device"`, `"https://d.example/\u001b]52;"`), Malformed},
		"L-10 a user code that paints":       {change(`WDJB-MJHT`, `\u001b[31m`), Malformed},
		"no user code":                       {change(`"user_code"`, `"x"`), Malformed},
		"no device code":                     {change(`"device_code"`, `"x"`), Malformed},
		"J-20 a device code twice":           {change(`{`, `{"device_code":"x",`), Malformed},
		"T-2 HTML":                           {raw(200, "text/html", "<h1>"), Malformed},
		"T-3 more than a megabyte":           {says(200, strings.Repeat(" ", 1<<20)+begun), Unreachable},
		"T-2 502":                            {raw(502, "text/html", "<h1>"), Unreachable},
		"T-1 a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example", http.StatusTemporaryRedirect)
		}, Malformed},
		"a wrong client":    {says(401, `{"error":"invalid_client"}`), Misconfigured},
		"200 with an error": {says(200, `{"error":"invalid_scope"}`), Misconfigured},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := &inMemory{answers: []http.HandlerFunc{test.answer}}
			d, err := deviceClient(t, m, false).StartDevice(t.Context())
			if e := asError(t, err); e.Kind != test.kind || d.UserCode != "" || len(m.asked) != 1 {
				t.Errorf("got %v: %v", e.Kind, err)
			}
		})
	}
}

func TestOddDeviceTimesDoNoHarm(t *testing.T) {
	tests := map[string]struct {
		value string
		first time.Duration // when the first poll is sent
	}{
		"none": {`null`, 5 * time.Second}, "zero": {`0`, time.Second}, "negative": {`-5`, time.Second}, "a text": {`"5"`, 5 * time.Second},
		"years": {`99999999999`, time.Minute}, "beyond int64": {`99999999999999999999`, 5 * time.Second}, "a fraction": {`0.001`, 5 * time.Second},
	}
	for name, test := range tests {
		t.Run("T-5 interval is "+name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &inMemory{answers: []http.HandlerFunc{says(200, strings.Replace(begun, `"interval":5`, `"interval":`+test.value, 1)), says(200, granted)}}
				if _, err := signIn(t, m, false); err != nil || m.at[1] != test.first {
					t.Errorf("got %v, polled after %v", err, m.at)
				}
			})
		})
	}
}

func TestNoDeviceGrantConfigured(t *testing.T) {
	d := newDomain(t, says(200, begun))
	c, _ := d.client(t)
	if _, err := c.StartDevice(t.Context()); c.HasDevice() || asError(t, err).Kind != Misconfigured {
		t.Errorf("got %v", err)
	}
	if _, err := c.PollDevice(t.Context(), DeviceCode{device: secret.New("canary")}); asError(t, err).Kind != Refused || len(d.requests()) != 0 {
		t.Errorf("got %v", err)
	}
}
