package localpool

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestE3WithoutRotationTheRefreshTokenStays(t *testing.T) {
	c := newClock()
	p, a := start(t, Options{Now: c.Now})
	first := a.session(t, "guest@example.com")
	c.pass(30 * time.Minute)
	if err := p.AddGroup("guest@example.com", Underwriters); err != nil {
		t.Fatal(err)
	}
	status, second := a.refresh(t, first["refresh_token"].(string))
	if status != http.StatusOK || second["refresh_token"] != nil {
		t.Fatalf("%d, refresh token given: %v", status, second["refresh_token"] != nil)
	}
	was, is := claims(t, first["id_token"], 1), claims(t, second["id_token"], 1)
	for _, same := range []string{"sub", "iss", "aud", "auth_time", "origin_jti", "cognito:username"} {
		if was[same] != is[same] {
			t.Errorf("%s was %v and is %v", same, was[same], is[same])
		}
	}
	if is["iat"] == was["iat"] || is["jti"] == was["jti"] || is["nonce"] != nil {
		t.Errorf("iat %v, jti %v, nonce %v", is["iat"], is["jti"], is["nonce"])
	}
	if was["cognito:groups"] != nil || !equalAny(is["cognito:groups"], []string{Underwriters}) {
		t.Errorf("groups were %v and are %v", was["cognito:groups"], is["cognito:groups"])
	}
}

func TestE3ASignInEndsAfterItsTime(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now, Rotation: true, RefreshTTL: 2 * time.Hour})
	token := a.session(t, "guest@example.com")["refresh_token"].(string)
	c.pass(119 * time.Minute)
	status, next := a.refresh(t, token)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	c.pass(time.Minute)
	if status, got := a.refresh(t, next["refresh_token"].(string)); status != 400 || got["error"] != "invalid_grant" {
		t.Errorf("rotation has lengthened the sign-in: %d %v", status, got)
	}
}

func TestE3RotationAndGrace(t *testing.T) {
	tests := map[string]struct {
		grace, wait time.Duration
		want        int
	}{
		"without grace the used token is dead at once": {0, 0, 400},
		"within the grace it still works":              {10 * time.Second, 9 * time.Second, 200},
		"after the grace it does not":                  {10 * time.Second, 10 * time.Second, 400},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			_, a := start(t, Options{Now: c.Now, Rotation: true, Grace: test.grace})
			old := a.session(t, "guest@example.com")["refresh_token"].(string)
			_, next := a.refresh(t, old)
			fresh, _ := next["refresh_token"].(string)
			if fresh == "" || fresh == old {
				t.Fatal("no new refresh token")
			}
			c.pass(test.wait)
			if status, _ := a.refresh(t, old); status != test.want {
				t.Errorf("the used token: %d, want %d", status, test.want)
			}
			if status, _ := a.refresh(t, fresh); status != http.StatusOK {
				t.Errorf("the new token: %d", status)
			}
		})
	}
}

func TestE3GraceDoesNotGrowWithEachUse(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now, Rotation: true, Grace: 10 * time.Second})
	old := a.session(t, "guest@example.com")["refresh_token"].(string)
	for range 2 {
		if status, _ := a.refresh(t, old); status != http.StatusOK {
			t.Fatal(status)
		}
		c.pass(6 * time.Second)
	}
	if status, _ := a.refresh(t, old); status != http.StatusBadRequest {
		t.Errorf("12 s after its first use the token still works: %d", status)
	}
}

func TestE3TheTwentyFirstSignInEndsTheOneUsedLongestAgo(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now})
	var tokens []string
	for range 20 {
		tokens = append(tokens, a.session(t, "guest@example.com")["refresh_token"].(string))
		c.pass(time.Second)
	}
	other := a.session(t, "both@example.com")["refresh_token"].(string)
	if status, _ := a.refresh(t, tokens[0]); status != http.StatusOK {
		t.Fatal(status)
	}
	c.pass(time.Second)
	a.session(t, "guest@example.com")
	for i, want := range map[int]int{0: 200, 1: 400, 2: 200, 19: 200} {
		if status, _ := a.refresh(t, tokens[i]); status != want {
			t.Errorf("sign-in %d: %d, want %d", i, status, want)
		}
	}
	if status, _ := a.refresh(t, other); status != http.StatusOK {
		t.Errorf("somebody else's: %d", status)
	}
}

func TestE3RevokingAnswersWithAnEmptyBody(t *testing.T) {
	p, a := start(t, Options{})
	tokens := a.session(t, "guest@example.com")
	revoke := func(form url.Values) (int, int64, JSON) {
		resp, err := http.PostForm(p.Domain()+Revoke, form)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.ContentLength, decode(t, resp)
	}
	client := func(token any) url.Values {
		return url.Values{"client_id": {p.ClientID()}, "token": {token.(string)}}
	}
	for name, test := range map[string]struct {
		form   url.Values
		status int
		want   any
	}{
		"an access token":  {client(tokens["access_token"]), 400, "unsupported_token_type"},
		"no token":         {url.Values{"client_id": {p.ClientID()}}, 400, "invalid_request"},
		"another client":   {url.Values{"client_id": {"nobody"}, "token": {"x"}}, 401, "invalid_client"},
		"an unknown token": {client(newRefreshToken()), 200, nil},
	} {
		if status, _, got := revoke(test.form); status != test.status || got["error"] != test.want {
			t.Errorf("%s: %d %v", name, status, got)
		}
	}
	if status, _ := a.refresh(t, tokens["refresh_token"].(string)); status != http.StatusOK {
		t.Fatal(status)
	}
	for range 2 { // Once more is no error.
		if status, length, _ := revoke(client(tokens["refresh_token"])); status != 200 || length != 0 {
			t.Errorf("%d with %d bytes", status, length)
		}
	}
	if status, got := a.refresh(t, tokens["refresh_token"].(string)); status != 400 || got["error"] != "invalid_grant" {
		t.Errorf("after it: %d %v", status, got)
	}
}

func TestSigningOutEverywhereEndsAllSignInsOfThePerson(t *testing.T) {
	p, a := start(t, Options{})
	mine, other := a.session(t, "guest@example.com"), a.session(t, "both@example.com")
	if err := p.SignOutEverywhere("guest@example.com"); err != nil {
		t.Fatal(err)
	}
	if status, _ := a.refresh(t, mine["refresh_token"].(string)); status != 400 {
		t.Errorf("still works: %d", status)
	}
	if status, _ := a.refresh(t, other["refresh_token"].(string)); status != 200 {
		t.Errorf("somebody else's: %d", status)
	}
}
