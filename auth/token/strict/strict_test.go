package strict

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	guard := NewGuard("iss", "token_use", "cognito:groups")
	deep := func(n int) string { return `{"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	tests := map[string]struct {
		in   string
		fine bool
	}{
		"an empty object":                {`{}`, true},
		"white space around":             {" {\"a\" : 1 ,\n\"b\":[{}]}\t", true},
		"unguarded names in two cases":   {`{"x":1,"X":2}`, true},
		"a guarded name inside a value":  {`{"x":{"ISS":1,"iss":2}}`, true},
		"as deep as allowed":             {deep(MaxDepth - 1), true},
		"too deep":                       {deep(MaxDepth), false},
		"far too deep":                   {deep(1 << 20), false},
		"brackets in a text":             {`{"a":"` + strings.Repeat(`[{`, 99) + `"}`, true},
		"an escaped quote in a text":     {`{"a":"\"` + strings.Repeat(`[`, 99) + `"}`, true},
		"a name twice":                   {`{"a":1,"a":2}`, false},
		"a name twice, once escaped":     {`{"a":1,"\u0061":2}`, false},
		"a guarded name in capitals":     {`{"ISS":1}`, false},
		"a guarded name with a long s":   {`{"iſs":1}`, false},
		"a guarded name with a Kelvin":   {"{\"to\u212aen_use\":1}", false},
		"broken UTF-8":                   {"{\"a\":\"\xff\"}", false},
		"a list":                         {`[]`, false},
		"null":                           {`null`, false},
		"nothing":                        {``, false},
		"two objects":                    {`{}{}`, false},
		"a comma at the end":             {`{"a":1,}`, false},
		"a comment":                      {`{/* */}`, false},
		"a name without quotes":          {`{a:1}`, false},
		"cut short":                      {`{"a":`, false},
		"closed more often than opened":  {`{}}`, false},
		"a byte order mark":              {"\ufeff{}", false},
		"a number that is none":          {`{"a":01}`, false},
		"a text with a line break in it": {"{\"a\":\"\n\"}", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if obj, err := guard.Parse([]byte(test.in)); (err == nil) != test.fine {
				t.Errorf("got %v, %v", obj, err)
			}
		})
	}
}

// In an object that is open to others' members, only guarded names refuse.
func TestParseOpen(t *testing.T) {
	guard, shown := NewGuard("iss"), NewGuard("email")
	tests := map[string]struct {
		in   string
		fine bool
		want string // the names that are left, in order
		odd  string
	}{
		"nothing odd":                     {`{"iss":1,"email":2,"x":3}`, true, "email iss x", ""},
		"a guarded name twice":            {`{"iss":1,"iss":2}`, false, "", ""},
		"a look-alike of a guarded name":  {`{"ISS":1}`, false, "", ""},
		"a look-alike of a shown name":    {`{"email":1,"Email":2}`, true, "email", "Email=email"},
		"the same in front":               {`{"EMAIL":2,"email":1}`, true, "email", "EMAIL=email"},
		"a shown name twice":              {`{"email":1,"email":2}`, true, "", "email"},
		"three times":                     {`{"email":1,"email":2,"\u0065mail":3}`, true, "", "email"},
		"a look-alike three times":        {`{"Email":1,"Email":2,"email":3}`, true, "email", "Email=email Email=email"},
		"any other name twice":            {`{"x":1,"y":2,"x":3}`, true, "y", "x"},
		"other names in two cases":        {`{"x":1,"X":2}`, true, "X x", ""},
		"many, of which the first count":  {`{"a":1,"a":1,"b":1,"b":1,"c":1,"c":1,"d":1,"d":1,"e":1,"e":1}`, true, "", "a b c d"},
		"what is no object stays refused": {`[]`, false, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			obj, odd, err := guard.ParseOpen([]byte(test.in), shown)
			if (err == nil) != test.fine {
				t.Fatalf("got %v", err)
			}
			var texts []string
			for _, o := range odd {
				texts = append(texts, strings.TrimSuffix(o.Name+"="+o.Like, "="))
			}
			if got := strings.Join(slices.Sorted(maps.Keys(obj)), " "); got != test.want || strings.Join(texts, " ") != test.odd {
				t.Errorf("got %q, odd %q", got, texts)
			}
		})
	}
}

func TestValues(t *testing.T) {
	tests := map[string]struct {
		read func(json.RawMessage) error
		in   string
		fine bool
	}{
		"a text":                        {text, `"a"`, true},
		"a text that is null":           {text, `null`, false},
		"a text that is missing":        {text, ``, false},
		"half a pair":                   {text, `"\uD800"`, false},
		"the other half":                {text, `"\udc00x"`, false},
		"a real replacement character":  {text, `"\uFFFD` + "\ufffd" + `"`, true},
		"half a pair beside a real one": {text, `"\uFFFD\ud800"`, false},
		"whole seconds":                 {integer, `1795435200`, true},
		"below zero":                    {integer, `-1`, true},
		"a fraction":                    {integer, `1.0`, false},
		"an exponent":                   {integer, `1e3`, false},
		"a number in quotes":            {integer, `"1"`, false},
		"sixteen digits":                {integer, `1234567890123456`, false},
		"only a sign":                   {integer, `-`, false},
		"two texts":                     {texts, `["a" , "b"]`, true},
		"three texts":                   {texts, `["a","b","c"]`, false},
		"a text instead of a list":      {texts, `"a"`, false},
		"a list with null":              {texts, `[null]`, false},
		"true":                          {boolean, `true`, true},
		"false in quotes":               {boolean, `"false"`, true},
		"one":                           {boolean, `1`, false},
		"True":                          {boolean, `"True"`, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if err := test.read(json.RawMessage(test.in)); (err == nil) != test.fine {
				t.Errorf("got %v", err)
			}
		})
	}
}

func text(raw json.RawMessage) error    { _, err := Text(raw); return err }
func integer(raw json.RawMessage) error { _, err := Integer(raw); return err }
func boolean(raw json.RawMessage) error { _, err := Bool(raw); return err }
func texts(raw json.RawMessage) error   { _, err := Texts(raw, 2); return err }

// FuzzParse asks that whatever comes through is read by encoding/json, which
// go-oidc uses, as exactly the same names.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{}`, `{"iss":"a","x":[1,{"y":null}]}`, `{"ISS":1}`, `{"iſs":1}`, `{"a":1,"\u0061":2}`, `{"a":"\ud800"}`, `[`, "{\"a\":\"\xff\"}"} {
		f.Add([]byte(s))
	}
	guard := NewGuard("iss", "aud")
	f.Fuzz(func(t *testing.T, data []byte) {
		obj, _, err := guard.ParseOpen(data, NewGuard("email"))
		if all, strictErr := guard.Parse(data); strictErr == nil && (err != nil || len(obj) > len(all)) {
			t.Errorf("refused where Parse does not: %v", err)
		}
		if err != nil {
			return
		}
		var loose struct {
			Iss json.RawMessage `json:"iss"`
			Aud json.RawMessage `json:"aud"`
		}
		if err := json.Unmarshal(data, &loose); err != nil {
			t.Fatalf("encoding/json refuses what came through: %v", err)
		}
		if string(loose.Iss) != string(obj["iss"]) || string(loose.Aud) != string(obj["aud"]) {
			t.Errorf("read as %s and %s", loose.Iss, obj["iss"])
		}
	})
}
