package token

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Measured: encoding/json lets each of these names replace the real claim in
// a struct, the last one winning.
func TestJ20ClaimNameConfusion(t *testing.T) {
	names := map[string]string{
		"ISS": `"ISS"`, "Iss": `"Iss"`, "iss with the long s": `"iſs"`, "iss escaped and in capitals": `"\u0049SS"`,
		"token_use with the Kelvin sign": "\"to\u212aen_use\"", "Cognito:Groups": `"Cognito:Groups"`,
		"COGNITO:GROUPS": `"COGNITO:GROUPS"`, "cognito:groupſ": `"cognito:groupſ"`, "Aud": `"Aud"`, "SUB": `"SUB"`,
		"EXP": `"EXP"`, "Nonce": `"Nonce"`, "At_Hash": `"At_Hash"`, "_Claim_Names": `"_Claim_Names"`,
	}
	attacks := map[string]attack{
		"J-20 another name in capitals is fine": {func(p *pair) { p.id["CUSTOM:X"], p.id["custom:x"] = "1", "2" }, 0, ""},
	}
	for name, quoted := range names {
		for _, first := range []bool{true, false} {
			where := " behind"
			if first {
				where = " in front"
			}
			attacks["J-20 "+name+where] = attack{func(p *pair) { p.rawID = p.member(quoted, `"x"`, first) }, Malformed, "can be taken for"}
		}
	}
	for _, twice := range []string{"iss", "cognito:groups", "sub", "exp", "token_use", "nonce"} {
		attacks["J-20 "+twice+" twice"] = attack{func(p *pair) { p.rawID = p.member(`"`+twice+`"`, `"x"`, false) }, Malformed, "twice"}
	}
	attacks["J-20 iss twice, once escaped"] = attack{func(p *pair) { p.rawID = p.member(`"\u0069ss"`, `"x"`, false) }, Malformed, "twice"}
	runAttacks(t, attacks)
}

func TestJ20TheAccessTokenIsReadAsStrictly(t *testing.T) {
	p := newPool(t)
	tokens := p.pair()
	tokens.rawAccess = strings.Replace(string(encode(tokens.access)), "{", `{"Client_ID":"`+client+`",`, 1)
	id, access := tokens.finish()
	if _, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want); reasonOf(err) != Malformed {
		t.Errorf("got %v", err)
	}
}

func TestGroups(t *testing.T) {
	many := make([]string, 10000)
	for i := range many {
		many[i] = strconv.Itoa(i)
	}
	tests := map[string]struct {
		value  string // JSON; "" leaves the claim out
		want   []string
		reason Reason
	}{
		"J-21 none":                           {"", nil, 0},
		"J-21 null":                           {`null`, nil, 0},
		"J-21 an empty list":                  {`[]`, []string{}, 0},
		"J-21 a list":                         {`["a","b"]`, []string{"a", "b"}, 0},
		"J-21 a text is not split":            {`"Underwriters"`, nil, Malformed},
		"J-21 a text that looks like a list":  {`"[\"Underwriters\"]"`, nil, Malformed},
		"J-21 an object":                      {`{"0":"Underwriters"}`, nil, Malformed},
		"J-21 true":                           {`true`, nil, Malformed},
		"J-21 numbers in it":                  {`["a",1]`, nil, Malformed},
		"J-21 null in it":                     {`["a",null]`, nil, Malformed},
		"J-21 a list in it":                   {`[["a"]]`, nil, Malformed},
		"J-21 an empty name":                  {`["a",""]`, nil, Malformed},
		"J-22 ten thousand":                   {string(encode(many)), nil, Malformed},
		"J-22 a hundred, Cognito's limit":     {string(encode(many[:100])), many[:100], 0},
		"J-23 other case stays other":         {`["admin","Admin"," admin"]`, []string{"admin", "Admin", " admin"}, 0},
		"J-23 a Cyrillic look-alike stays so": {`["аdmin"]`, []string{"аdmin"}, 0},
		"J-23 escapes stay bytes":             {`["a\u001b[31m\u202e"]`, []string{"a\x1b[31m\u202e"}, 0},
		"J-23 composed is not decomposed":     {`["é","e\u0301"]`, []string{"é", "e\u0301"}, 0},
		"J-23 broken UTF-8":                   {"[\"a\xff\"]", nil, Malformed},
		"J-23 half a surrogate pair":          {`["a\ud800"]`, nil, Malformed},
		"J-23 a whole surrogate pair":         {`["\ud83d\ude00"]`, []string{"😀"}, 0},
		"J-23 the replacement character":      {`["a\ufffd"]`, nil, Malformed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			tokens := p.pair()
			tokens.id = tokens.id.with(object{"cognito:groups": gone})
			if test.value != "" {
				tokens.rawID = tokens.member(`"cognito:groups"`, test.value, false)
			}
			id, access := tokens.finish()
			c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
			if reasonOf(err) != test.reason || (err != nil) != (test.reason != 0) || !slices.Equal(c.Groups, test.want) {
				t.Errorf("got %q, %v", c.Groups, err)
			}
		})
	}
}

func TestJ24NothingElseMakesAGroup(t *testing.T) {
	p := newPool(t)
	tokens := p.pair()
	tokens.id = tokens.id.with(object{
		"cognito:groups": gone, "groups": []string{"Underwriters"},
		"custom:groups": "Underwriters", "cognito:preferred_role": "Underwriters", "cognito:roles": []string{"Underwriters"},
		"email_verified": "false",
	})
	id, access := tokens.finish() // the access token still names the group
	c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
	if err != nil || len(c.Groups) != 0 {
		t.Errorf("J-24: groups %q, %v", c.Groups, err)
	}
	if c.EmailVerified {
		t.Error(`J-24: "false" counts as true`)
	}
}
