package token

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestGenuineTokensSayWhoSignedIn(t *testing.T) {
	p := newPool(t)
	id, access := p.pair().finish()
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, p.pair().want)
	if err != nil {
		t.Fatal(err)
	}
	at := noon.Add(-time.Minute)
	if c.Issuer != p.issuer || c.Subject != "sub-1" || c.Username != "ana" || c.Email != "ana@example.com" ||
		!c.EmailVerified || !slices.Equal(c.Groups, []string{"Underwriters"}) || !slices.Equal(c.Scopes, []string{"openid", "email"}) ||
		!c.Nonce.Equal("nonce-1") || c.OriginID != "origin-1" || len(c.Warnings) != 0 ||
		!c.Expiry.Equal(at.Add(time.Hour)) || !c.AccessExpiry.Equal(at.Add(time.Hour)) || !c.IssuedAt.Equal(at) || !c.AuthTime.Equal(at) {
		t.Errorf("got %+v", c)
	}
}

// Each row changes one thing about good tokens of a code grant. Reason 0 means
// that they must still pass.
type attack struct {
	change func(*pair)
	reason Reason
	text   string // part of the message
}

func runAttacks(t *testing.T, attacks map[string]attack) {
	t.Helper()
	for name, test := range attacks {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			tokens := p.pair()
			test.change(tokens)
			id, access := tokens.finish()
			claims, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
			if reasonOf(err) != test.reason || (err != nil) != (test.reason != 0) {
				t.Fatalf("got %v, want reason %d", err, test.reason)
			}
			if err == nil {
				return
			}
			if !strings.Contains(err.Error(), test.text) {
				t.Errorf("the message %q does not say %q", err, test.text)
			}
			if test.reason != Expired && claims.Subject != "" {
				t.Errorf("refused, but there are claims: %+v", claims)
			}
			if !id.Empty() && strings.Contains(err.Error(), id.Reveal()) || strings.ContainsAny(err.Error(), "\x1b\n") {
				t.Errorf("the message shows what it must not: %q", err)
			}
		})
	}
}

func TestWhoMadeTheTokensAndForWhom(t *testing.T) {
	const aws = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example"
	set := func(name string, value any) func(*pair) {
		return func(p *pair) { p.id = p.id.with(object{name: value}) }
	}
	access := func(name string, value any) func(*pair) {
		return func(p *pair) { p.access = p.access.with(object{name: value}) }
	}
	runAttacks(t, map[string]attack{
		"J-9 another pool":                        {set("iss", aws), WrongIssuer, "COGNITO_USER_POOL_ID"},
		"J-9 the access token from another pool":  {access("iss", aws), WrongIssuer, "access token"},
		"J-9 a slash at the end":                  {func(p *pair) { p.id["iss"] = p.id["iss"].(string) + "/" }, WrongIssuer, ""},
		"J-9 another case":                        {func(p *pair) { p.id["iss"] = strings.ToUpper(p.id["iss"].(string)) }, WrongIssuer, ""},
		"J-9 an issuer that paints":               {set("iss", "https://x\x1b[31m\u202e"), WrongIssuer, "�"},
		"J-9 no issuer":                           {set("iss", gone), Malformed, "iss is missing"},
		"J-10 another client":                     {set("aud", "other"), WrongClient, "CLIENT_ID"},
		"J-10 no audience":                        {set("aud", gone), WrongClient, ""},
		"J-10 an empty list":                      {set("aud", []string{}), WrongClient, ""},
		"J-10 us alone in a list is fine":         {set("aud", []string{client}), 0, ""},
		"J-10 us and others without azp":          {set("aud", []string{client, "other"}), WrongClient, ""},
		"J-10 us and others with our azp is fine": {func(p *pair) { p.id = p.id.with(object{"aud": []string{client, "other"}, "azp": client}) }, 0, ""},
		"J-10 us and others with another's azp":   {func(p *pair) { p.id = p.id.with(object{"aud": []string{client, "other"}, "azp": "other"}) }, WrongClient, ""},
		"J-10 another's azp":                      {set("azp", "other"), WrongClient, ""},
		"J-10 an audience that is a number":       {set("aud", 5), Malformed, "aud"},
		"J-10 an audience with a number in it":    {set("aud", []any{client, 5}), Malformed, "aud"},
		"J-11 another client's access token":      {access("client_id", "other"), WrongClient, "access token"},
		"J-11 no client id":                       {access("client_id", gone), WrongClient, ""},
		"J-11 no aud in the access token is fine": {access("aud", gone), 0, ""},
		"J-11 the resource asked for":             {func(p *pair) { p.want.Resource = "https://api"; p.access["aud"] = "https://api" }, 0, ""},
		"J-11 another resource":                   {func(p *pair) { p.want.Resource = "https://api"; p.access["aud"] = "https://other" }, WrongClient, "resource"},
		"J-11 no resource though asked for":       {func(p *pair) { p.want.Resource = "https://api" }, WrongClient, "resource"},
		"J-11 a scope of the resource asked for": {func(p *pair) {
			p.want.Resource, p.want.Identifier = "https://api", "api"
			p.access["scope"] = "openid api/read"
		}, 0, ""},
		"J-11 a scope of another resource": {func(p *pair) {
			p.want.Resource, p.want.Identifier = "https://api", "api"
			p.access["scope"] = "apis/read api"
		}, WrongClient, "resource"},
		"J-11 another resource with such a scope": {func(p *pair) {
			p.want.Resource, p.want.Identifier = "https://api", "api"
			p.access["scope"], p.access["aud"] = "api/read", "https://other"
		}, WrongClient, "resource"},
		"J-12 an access token as ID token":           {func(p *pair) { p.finish(); p.idToken = p.accessToken }, WrongUse, "ID token"},
		"J-12 an ID token as access token":           {func(p *pair) { p.finish(); p.accessToken = p.idToken }, WrongUse, "access token"},
		"J-12 no use in the ID token":                {set("token_use", gone), Malformed, "token_use"},
		"J-12 no use in the access token":            {access("token_use", gone), Malformed, "token_use"},
		"J-12 another use":                           {set("token_use", "ID"), WrongUse, ""},
		"J-13 two people":                            {access("sub", "sub-2"), WrongPerson, "another person"},
		"J-13 nobody":                                {set("sub", ""), Malformed, "sub"},
		"J-14 another nonce":                         {set("nonce", "nonce-2"), WrongNonce, "sign in again"},
		"J-14 no nonce":                              {set("nonce", gone), WrongNonce, ""},
		"J-14 a nonce that is null":                  {set("nonce", nil), WrongNonce, ""},
		"J-14 a sign-in that asked for no nonce":     {func(p *pair) { p.want.Nonce = secret.Text{} }, WrongNonce, ""},
		"J-14 signed in later than now":              {set("auth_time", noon.Add(2*time.Minute).Unix()), ClockBehind, "120 s behind"},
		"J-15 the right at_hash is fine":             {func(p *pair) { p.finish(); p.idToken = ""; p.id["at_hash"] = halfHash(p.accessToken) }, 0, ""},
		"J-15 the hash of another access token":      {func(p *pair) { p.id["at_hash"] = halfHash("other") }, WrongPerson, "access token"},
		"J-15 a whole hash instead of half":          {func(p *pair) { p.finish(); p.idToken = ""; p.id["at_hash"] = wholeHash(p.accessToken) }, WrongPerson, ""},
		"J-15 an at_hash that is a number":           {set("at_hash", 5), Malformed, "at_hash"},
		"L-18 a code from an attacker's own session": {set("nonce", "attackers"), WrongNonce, ""},
	})
}

func halfHash(s string) string  { sum := sha256.Sum256([]byte(s)); return b64(sum[:16]) }
func wholeHash(s string) string { sum := sha256.Sum256([]byte(s)); return b64(sum[:]) }

func TestTimes(t *testing.T) {
	at := func(name string, d time.Duration) func(*pair) {
		return func(p *pair) { p.id = p.id.with(object{name: noon.Add(d).Unix()}) }
	}
	raw := func(name, value string) func(*pair) {
		return func(p *pair) {
			p.id = p.id.with(object{name: gone})
			p.rawID = p.member(`"`+name+`"`, value, false)
		}
	}
	runAttacks(t, map[string]attack{
		"J-16 over for a minute":                                   {at("exp", -time.Minute), Expired, ""},
		"J-16 over for less than the leeway":                       {at("exp", -59*time.Second), 0, ""},
		"J-16 the access token is over":                            {func(p *pair) { p.access["exp"] = noon.Add(-time.Minute).Unix() }, Expired, "access token"},
		"J-16 no end":                                              {func(p *pair) { p.id = p.id.with(object{"exp": gone}) }, Malformed, "exp is missing"},
		"J-16 an end that is a text":                               {raw("exp", `"1795435200"`), Malformed, "exp"},
		"J-16 an end beyond all floats":                            {raw("exp", `1e308`), Malformed, "exp"},
		"J-16 an end beyond all times":                             {raw("exp", `99999999999999`), Malformed, "exp"},
		"J-16 an end beyond int64":                                 {raw("exp", `99999999999999999999999`), Malformed, "exp"},
		"J-16 an end before 1970":                                  {raw("exp", `-1`), Malformed, "exp"},
		"J-16 a fraction":                                          {raw("exp", `1795435200.5`), Malformed, "exp"},
		"J-16 an end that is null":                                 {raw("exp", `null`), Malformed, "exp"},
		"J-17 not before in a minute":                              {at("nbf", 61*time.Second), ClockBehind, "61 s behind"},
		"J-17 not before in four minutes, which go-oidc lets pass": {at("nbf", 4*time.Minute), ClockBehind, ""},
		"J-17 within the leeway is fine":                           {at("nbf", time.Minute), 0, ""},
		"J-18 issued in the future":                                {at("iat", 10*time.Minute), ClockBehind, "your clock is 600 s behind"},
		"J-18 the provider's clock says how much": {func(p *pair) {
			p.id["iat"] = noon.Add(10 * time.Minute).Unix()
			p.want.Skew = 605 * time.Second
		}, ClockBehind, "your clock is 605 s behind"},
		"J-18 issued within the leeway is fine": {at("iat", 59*time.Second), 0, ""},
		"J-18 no time of issue":                 {func(p *pair) { p.id = p.id.with(object{"iat": gone}) }, Malformed, "iat"},
		"J-18 over on arrival means that the clock is ahead": {func(p *pair) {
			p.id["iat"], p.id["exp"] = noon.Add(-3*time.Hour).Unix(), noon.Add(-2*time.Hour).Unix()
		}, Expired, "your clock is 10800 s ahead"},
		"J-19 ends before it begins": {func(p *pair) {
			p.id["iat"], p.id["exp"] = noon.Unix(), noon.Add(-30*time.Second).Unix()
		}, Malformed, "ends before"},
	})
}

func TestJ19ALongLifeIsWarnedOf(t *testing.T) {
	p := newPool(t)
	tokens := p.pair()
	tokens.id["exp"] = noon.Add(25 * time.Hour).Unix()
	id, access := tokens.finish()
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
	if err != nil || len(c.Warnings) != 1 {
		t.Errorf("got %v, %v", c.Warnings, err)
	}
}

func TestJ13TokensOfTwoSignInsAreWarnedOf(t *testing.T) {
	p := newPool(t)
	tokens := p.pair()
	tokens.access["origin_jti"] = "origin-2"
	id, access := tokens.finish()
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
	if err != nil || len(c.Warnings) != 1 {
		t.Errorf("got %v, %v", c.Warnings, err)
	}
}

func TestExpiredTokensStillSayWhoToRefresh(t *testing.T) {
	p := newPool(t)
	p.clock.Store(2 * 3600)
	id, access := p.pair().finish()
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, Want{})
	if reasonOf(err) != Expired || c.Subject != "sub-1" || c.Expiry.IsZero() {
		t.Errorf("got %+v, %v", c, err)
	}
	if !strings.Contains(err.Error(), "2026-11-23T12:59:00Z") {
		t.Errorf("the message does not say when: %v", err)
	}
}

func TestJ14Refresh(t *testing.T) {
	tests := map[string]struct {
		change func(*pair)
		reason Reason
	}{
		"J-14 no nonce is fine":         {func(p *pair) { p.id = p.id.with(object{"nonce": gone}) }, 0},
		"J-14 the same nonce is fine":   {func(p *pair) {}, 0},
		"J-14 another nonce":            {func(p *pair) { p.id["nonce"] = "nonce-2" }, WrongNonce},
		"J-14 another person":           {func(p *pair) { p.id["sub"], p.access["sub"] = "sub-2", "sub-2" }, WrongPerson},
		"J-14 another pool":             {func(p *pair) { p.id["iss"] = "https://other.example" }, WrongIssuer},
		"J-14 another client":           {func(p *pair) { p.id["aud"] = "other" }, WrongClient},
		"J-14 signed in later than now": {func(p *pair) { p.id["auth_time"] = noon.Add(time.Hour).Unix() }, ClockBehind},
		"J-26 a group less is fine":     {func(p *pair) { p.id = p.id.with(object{"cognito:groups": gone}) }, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			v := p.verifier(p.keys())
			id, access := p.pair().finish()
			before, err := v.Verify(t.Context(), id, access, p.pair().want)
			if err != nil {
				t.Fatal(err)
			}
			tokens := p.pair()
			test.change(tokens)
			id, access = tokens.finish()
			after, err := v.Verify(t.Context(), id, access, Want{Previous: &before})
			if reasonOf(err) != test.reason {
				t.Fatalf("got %v, want reason %d", err, test.reason)
			}
			if err != nil {
				return
			}
			if !after.Nonce.Equal("nonce-1") {
				t.Error("the nonce of the sign-in is lost")
			}
			if _, there := tokens.id["cognito:groups"]; !there && after.Groups != nil {
				t.Errorf("the groups of before came along: %q", after.Groups)
			}
		})
	}
}
