// A program that does nothing: its precompiled headers serve the tests.
int main() {}
