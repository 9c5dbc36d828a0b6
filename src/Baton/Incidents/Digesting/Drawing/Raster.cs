namespace Baton.Incidents.Digesting.Drawing;

/// <summary>Colours of a chart: the two bars differ in lightness as well, for who tells no hues apart.</summary>
internal enum Ink
{
    Paper,
    Text,
    Answered,
    People,
}

/// <summary>Points in a few colours.</summary>
internal sealed class Raster(int width, int height)
{
    private readonly byte[] _points = new byte[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>One row of points, each the place of its colour in <see cref="Ink"/>.</summary>
    public ReadOnlySpan<byte> Row(int y) => _points.AsSpan(y * width, width);

    /// <summary>A rectangle; what lies outside is left out.</summary>
    public void Fill(int x, int y, int wide, int high, Ink ink)
    {
        var (left, right) = (Math.Clamp(x, 0, width), Math.Clamp(x + wide, 0, width));
        for (var row = Math.Clamp(y, 0, height); row < Math.Clamp(y + high, 0, height); row++)
            if (right > left) _points.AsSpan((row * width) + left, right - left).Fill((byte)ink);
    }

    /// <summary>Writes capital letters and digits; gives where it ends.</summary>
    /// <param name="scale">Points of each dot of a letter.</param>
    public int Write(string text, int x, int y, int scale)
    {
        foreach (var letter in text)
        {
            var columns = Glyphs.Columns(letter);
            for (var column = 0; column < columns.Length; column++)
                for (var row = 0; row < Glyphs.Height; row++)
                    if ((columns[column] >> row & 1) != 0)
                        Fill(x + (column * scale), y + (row * scale), scale, scale, Ink.Text);
            x += (columns.Length + 1) * scale;
        }
        return x;
    }
}
