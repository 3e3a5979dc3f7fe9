"""The Common Expression Language, as far as the rules of CRDs use it: texts become functions of a value."""
