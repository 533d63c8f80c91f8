//! QR codes as SVG and PNG.

use qrcode::{Color, EcLevel, QrCode};

/// The light border that readers need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code as squares, with its border.
pub struct Code {
    /// How many squares a side has.
    pub side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// Encodes an address. What is printed gets scratched, so a seventh of it may be lost; an
    /// address too long for that gets less.
    pub fn new(address: &str) -> Result<Code, String> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M)
            .or_else(|_| QrCode::with_error_correction_level(address, EcLevel::L))
            .map_err(|_| format!("an address of {} bytes fits no QR code", address.len()))?;
        let width = code.width();
        let side = width + 2 * QUIET;
        let mut dark = vec![false; side * side];
        for (at, color) in code.to_colors().into_iter().enumerate() {
            let (row, column) = (at / width + QUIET, at % width + QUIET);
            if let Some(square) = dark.get_mut(row * side + column) {
                *square = color == Color::Dark;
            }
        }
        Ok(Code { side, dark })
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        self.dark.get(row * self.side + column) == Some(&true)
    }

    /// An SVG document without any width of its own.
    pub fn svg(&self) -> String {
        let mut path = String::new();
        for row in 0..self.side {
            let mut column = 0;
            while column < self.side {
                let run = (column..self.side).take_while(|at| self.is_dark(row, *at)).count();
                if run > 0 {
                    path.push_str(&format!("M{column} {row}h{run}v1h-{run}z"));
                }
                column += run.max(1);
            }
        }
        let side = self.side;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>\n"
        )
    }

    /// A PNG in black and white, each square so many pixels wide.
    pub fn png(&self, scale: usize) -> Result<Vec<u8>, String> {
        let pixels = self.side * scale;
        let failed = |error: png::EncodingError| format!("the image cannot be made: {error}");
        let size = u32::try_from(pixels).map_err(|_| String::from("the image is too large"))?;
        let mut image = vec![0xff; pixels.div_ceil(8) * pixels];
        for y in 0..pixels {
            for x in 0..pixels {
                if self.is_dark(y / scale, x / scale)
                    && let Some(byte) = image.get_mut(y * pixels.div_ceil(8) + x / 8)
                {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&image).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_finds_the_address_in_what_was_drawn() {
        let address = format!("https://example.com/survey.html#token={}", "x".repeat(700));
        for address in ["https://example.com/s", &address] {
            let code = Code::new(address).unwrap();
            let decoder = png::Decoder::new(std::io::Cursor::new(code.png(3).unwrap()));
            let mut reader = decoder.read_info().unwrap();
            let mut bits = vec![0; reader.output_buffer_size().unwrap()];
            let width = reader.next_frame(&mut bits).unwrap().width as usize;
            let line = width.div_ceil(8);
            let grey = |x: usize, y: usize| {
                if bits[y * line + x / 8] << (x % 8) & 0x80 == 0 { 0 } else { 255 }
            };
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, width, grey);
            let (_, read) = image.detect_grids()[0].decode().unwrap();
            assert_eq!(read, address);
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(Code::new(&"x".repeat(3000)).is_err());
    }
}
