package mapview

import "testing"

func TestTheReadOutOfStopsAndArcs(t *testing.T) {
	s := bundled(t)
	for i, st := range s.Stops {
		if title, detail := s.Words(Pick{true, Exits, i}); title != st.Name || detail != Count(st.Exits)+" exits" {
			t.Errorf("%q %q", title, detail)
		}
	}
	for i, f := range s.Flows {
		if title, detail := s.Words(Pick{true, Flows, i}); title != f.fromStop+" → "+f.toStop || detail != Count(f.Outbound)+" outbound" {
			t.Errorf("%q %q", title, detail)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 111316: "111,316", -1234567: "-1,234,567", -123: "-123"} {
		if got := Count(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}
