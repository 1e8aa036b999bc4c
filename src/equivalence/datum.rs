//! The value of a constant as the server prints it in a tree: its length, and its bytes as numbers with a sign. A number
//! that is passed by value is printed with eight bytes, whatever its length.

/// Reads `4 [ 1 0 0 0 0 0 0 0 ]`.
pub(super) fn read(text: &str) -> Option<(usize, Vec<u8>)> {
    let (length, bytes) = text.split_once(" [ ")?;
    let bytes =
        bytes.strip_suffix(" ]")?.split(' ').map(|byte| byte.parse().map(i8::cast_unsigned));
    Some((length.parse().ok()?, bytes.collect::<Result<_, _>>().ok()?))
}

/// Writes what [`read`] reads.
pub(super) fn write(length: usize, bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| byte.cast_signed().to_string()).collect();
    format!("{length} [ {} ]", bytes.join(" "))
}
