package source

// OpenFiles is how many files and connections are open.
func (s *Store) OpenFiles() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.held)
}
