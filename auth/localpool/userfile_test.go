package localpool

import (
	"reflect"
	"strings"
	"testing"
)

func TestPeopleComeFromAFile(t *testing.T) {
	want := []User{
		{Email: "ana@example.com", Password: "Secret-1x", Groups: []string{"Underwriters"}},
		{Email: "bo@example.com", Password: "Secret-2x", Unconfirmed: true},
	}
	files := map[string]string{
		"as YAML": "- email: Ana@example.com\n  password: Secret-1x\n  groups: [Underwriters]\n- email: bo@example.com\n  password: Secret-2x\n  confirmed: false\n",
		"as JSON": `[{"email":"ana@example.com","password":"Secret-1x","groups":["Underwriters"],"confirmed":true},
			{"email":"bo@example.com","password":"Secret-2x","groups":[],"confirmed":false}]`,
	}
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			got, err := ReadUsers(strings.NewReader(strings.ReplaceAll(file, "\t", " ")), "users")
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAWrongFileOfPeopleIsRefusedWithTheLine(t *testing.T) {
	tests := map[string]struct{ file, want string }{
		"nothing in it":          {"", "f:1: expected a list of people"},
		"no list":                {"email: a@example.com", "f:1: expected a list of people"},
		"not YAML":               {"- email: [a\n- b: {", "f:1: did not find"},
		"a person that is text":  {"- a@example.com", "f:1: expected a person"},
		"a password with a star": {"- email: a@example.com\n  password: *Passw0rd", "f: unknown anchor … referenced; put texts"},
		"an unknown key":         {"- email: a@example.com\n  pasword: x", `f:2: unknown key "pasword"`},
		"a key twice":            {"- email: a@example.com\n  email: b@example.com", `f:2: "email" is there twice`},
		"no email":               {"- password: Passw0rd!", "f:1: email is missing"},
		"no password":            {"- email: a@example.com", "f:1: password is missing"},
		"no address":             {"- email: ana", "f:1: enter an email address"},
		"a weak password":        {"- email: a@example.com\n  password: short", "f:2: the password needs"},
		"a password of digits":   {"- email: a@example.com\n  password: 12345678", "f:2: expected text; put it in quotes"},
		"groups as one text":     {"- email: a@example.com\n  password: Passw0rd!\n  groups: A, B", "f:3: groups is a list"},
		"a group with a space":   {"- email: a@example.com\n  password: Passw0rd!\n  groups:\n  - A B", "f:4: a group name is"},
		"confirmed in words":     {"- email: a@example.com\n  confirmed: perhaps", "f:2: confirmed is true or false"},
		"a person twice":         {"- {email: a@example.com, password: Passw0rd!}\n- {email: A@example.com, password: Passw0rd!}", "f:2: a@example.com is on line 1 already"},
		"far too much of it all": {strings.Repeat("#", 5<<20), "f: more than 4 MiB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ReadUsers(strings.NewReader(test.file), "f")
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
