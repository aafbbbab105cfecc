package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mdLink    = regexp.MustCompile(`\]\(([^)]+)\)`)
	mdHeading = regexp.MustCompile(`(?m)^#+ (.+)$`)
)

// Every file that a document links to is there, with the heading that the
// link names.
func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	found := 0
	for _, doc := range append([]string{".github/CONTRIBUTING.md", ".github/SECURITY.md"}, readmes...) {
		for _, m := range mdLink.FindAllStringSubmatch(fromTop(t, doc), -1) {
			if strings.HasPrefix(m[1], "https://") {
				continue
			}
			found++
			file, heading, _ := strings.Cut(m[1], "#")
			if file = path.Join(path.Dir(doc), file); strings.HasPrefix(m[1], "#") {
				file = doc
			}
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(file))); err != nil {
				t.Errorf("%s links to %s: %v", doc, m[1], err)
			} else if heading != "" && !slices.Contains(anchors(fromTop(t, file)), heading) {
				t.Errorf("%s links to %s: no such heading", doc, m[1])
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d links were found", found)
	}
}

// anchors are the names that GitHub gives the headings of a document: small
// letters, hyphens for spaces, and no other signs.
func anchors(text string) (names []string) {
	for _, m := range mdHeading.FindAllStringSubmatch(text, -1) {
		names = append(names, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-_", r):
				return r
			}
			return -1
		}, strings.ToLower(m[1])))
	}
	return names
}
