package box

import "testing"

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		" the port is taken ":               "The port is taken.",
		"élan: wrong?":                      "Élan: wrong?",
		"pages/1_Sales.yaml:4:3 it is gone": "pages/1_Sales.yaml:4:3 it is gone.",
		"http://localhost:8501/ is taken":   "http://localhost:8501/ is taken.",
		"see https://example.com/ instead":  "See https://example.com/ instead.",
	} {
		if got := Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestList(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "A": {"A"}, "A and B": {"A", "B"}, "A, B and C": {"A", "B", "C"}} {
		if got := List(words); got != want {
			t.Errorf("%q is listed as %q, want %q", words, got, want)
		}
	}
}
