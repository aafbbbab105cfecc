package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// The file has one entry in an access list of its own: this user.
func TestK6TheAccessListNamesThisUserAlone(t *testing.T) {
	s, dir := fileIn(t)
	must(t, s.Save(t.Context(), ana, big("x", 100, 100, 100)))
	path := filepath.Join(dir, ana.Key()+".session")
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	must(t, err)
	text := sd.String()
	if !strings.HasPrefix(text, "D:P") || strings.Count(text, "(") != 1 || !strings.Contains(text, "(A;;FA;;;") && !strings.Contains(text, "(A;;GA;;;") {
		t.Errorf("K-6: the access list is %s", text)
	}
	if _, err := s.Load(t.Context(), ana); err != nil {
		t.Errorf("its owner cannot read it: %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || len(data) == 0 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
