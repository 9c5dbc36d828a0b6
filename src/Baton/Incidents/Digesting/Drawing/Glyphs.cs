namespace Baton.Incidents.Digesting.Drawing;

/// <summary>Letters of five by seven dots, so that a chart needs no font of the machine.</summary>
internal static class Glyphs
{
    /// <summary>Dots.</summary>
    public const int Height = 7;

    private const int Wide = 5;

    /// <summary>Five columns a letter in hexadecimal, the lowest bit on top.</summary>
    private const string Digits =
        "3E5149453E 00427F4000 4261514946 2141454B31 1814127F10 2745454539 3C4A494930 0171090503 3649494936 064949291E";

    private const string Capitals =
        "7E1111117E 7F49494936 3E41414122 7F4141221C 7F49494941 7F09090901 3E4149497A 7F0808087F 00417F4100 2040413F01 "
        + "7F08142241 7F40404040 7F020C027F 7F0408107F 3E4141413E 7F09090906 3E4151215E 7F09192946 4649494931 01017F0101 "
        + "3F4040403F 1F2040201F 3F4038403F 6314081463 0708700807 6151494543";

    private static readonly byte[][] Drawn =
        [.. $"{Digits} {Capitals}".Split(' ').Select(Convert.FromHexString)];

    private static readonly byte[] Blank = new byte[Wide], Dash = [8, 8, 8, 8, 8];

    /// <summary>A letter; what is none is left blank.</summary>
    public static ReadOnlySpan<byte> Columns(char letter) => letter switch
    {
        >= '0' and <= '9' => Drawn[letter - '0'],
        >= 'A' and <= 'Z' => Drawn[letter - 'A' + 10],
        '-' => Dash,
        _ => Blank,
    };

    /// <summary>Dots that a text is wide.</summary>
    public static int Width(string text) => Math.Max(0, (text.Length * (Wide + 1)) - 1);
}
