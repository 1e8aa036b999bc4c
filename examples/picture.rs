//! Draws coloured terminal output, read from standard input, as an SVG on standard output.
#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::io::Read as _;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    println!("{}", anstyle_svg::Term::new().min_width_px(720).render_svg(&text));
    Ok(())
}
