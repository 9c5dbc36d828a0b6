using System.Buffers;

namespace Baton.Privacy.Finding.Secrets;

/// <summary>How the keys of one service look.</summary>
/// <param name="Start">The characters they begin with.</param>
/// <param name="Shortest">Their least length, the beginning included.</param>
/// <param name="Letters">What else they are made of.</param>
internal sealed record KeyForm(string Start, int Shortest, KeyForm.Of Letters = KeyForm.Of.Any)
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Alphabets of keys.</summary>
    internal enum Of { Any, WithDigit, Hex, Capitals, TwoDots }

    /// <summary>Every known form; beginnings as their services publish them for secret scanning.</summary>
    public static KeyForm[] All { get; } =
    [
        .. Many(16, "sk_live", "sk_test", "rk_live", "rk_test", "whsec_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
            "github_pat_", "glpat-", "gldt-", "glrt-", "xoxa-", "xoxb", "xoxp-", "xoxr-", "xoxs-", "xapp-", "npm_",
            "pypi-",
            "dop_v1_", "shpat_", "shpss_", "shpca_", "hf_", "glsa_", "hvs.", "sq0atp-", "sq0csp-", "eyJ", "bt_", "bk_"),
        .. Many(20, "AIza", "ya29."),
        new("sk-", 20, Of.WithDigit),
        new("AKIA", 20, Of.Capitals), new("ASIA", 20, Of.Capitals),
        new("SG.", 40, Of.TwoDots),
        new("SK", 34, Of.Hex), new("AC", 34, Of.Hex), new("key-", 36, Of.Hex),
    ];

    public bool Fits(ReadOnlySpan<char> text)
    {
        if (text.Length < Shortest || !text.StartsWith(Start, StringComparison.Ordinal)) return false;
        var rest = text[Start.Length..];
        return Letters switch
        {
            Of.WithDigit => rest.ContainsAnyInRange('0', '9'),
            Of.Hex => text.Length == Shortest && !rest.ContainsAnyExcept(Hex),
            Of.Capitals => text.Length == Shortest && !rest.ContainsAnyExcept(Capitals),
            Of.TwoDots => rest.Count('.') == 1,
            _ => true,
        };
    }

    private static IEnumerable<KeyForm> Many(int shortest, params string[] starts) =>
        starts.Select(start => new KeyForm(start, shortest));
}
