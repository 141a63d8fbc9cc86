"""S80-S85: the child's own pages. No address holds a child: whoever is logged in is whom they are about."""
