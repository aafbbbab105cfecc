package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The README's table has a row for each setting, with its other names beside
// it and its default in its meaning; and no row for anything else.
func TestTheReadmesSettingsAreTheRealOnes(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(text), "\n## Settings\n")
	part, _, _ = strings.Cut(part, "\n## ")
	type row struct{ aliases, meaning string }
	rows := map[string]row{}
	names := regexp.MustCompile("`([A-Z_]+)`")
	for _, m := range regexp.MustCompile("(?m)^\\| (`[A-Z].*?) \\| (.*?) ?\\| (.+) \\|$").FindAllStringSubmatch(part, -1) {
		for _, name := range names.FindAllStringSubmatch(m[1], -1) {
			rows[name[1]] = row{m[2], m[3]}
		}
	}
	for _, s := range settings {
		r, ok := rows[s.key]
		if !ok {
			t.Errorf("the README's table has no row for %s", s.key)
			continue
		}
		delete(rows, s.key)
		var aliases []string
		for _, name := range names.FindAllStringSubmatch(r.aliases, -1) {
			aliases = append(aliases, name[1])
		}
		if strings.Join(aliases, " ") != strings.Join(s.aliases, " ") {
			t.Errorf("the README reads %s also as %q, the code as %q", s.key, aliases, s.aliases)
		}
		if s.preset != "" && !strings.Contains(r.meaning, "default `"+s.preset+"`") {
			t.Errorf("the README does not say that %s is %q by default: %q", s.key, s.preset, r.meaning)
		}
	}
	delete(rows, "TABGATE_PROFILE") // which chooses among the others' values
	for name := range rows {
		t.Errorf("the README has a row for %s, which is no setting", name)
	}
}
