using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Baton.People.SignIn;

/// <summary>Passwords as they are kept, by the hasher of ASP.NET Core Identity: PBKDF2 with HMAC-SHA512.</summary>
internal sealed class Passwords
{
    private const int Shortest = 12, Longest = 200;

    /// <summary>What OWASP asks for of PBKDF2 with HMAC-SHA512 (Password Storage Cheat Sheet).</summary>
    private const int Rounds = 210_000;

    private readonly PasswordHasher<object> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    /// <summary>Compared with where there is nothing to compare with, so that the answer takes as long.</summary>
    private readonly string _nobodys;

    public Passwords() => _nobodys = Hash("nobody has this password");

    /// <summary>What stands in the way of a password, or null.</summary>
    /// <param name="email">Of whom it is.</param>
    public static string? Problem(string password, string email) =>
        password.Length is < Shortest or > Longest
            ? $"The password has {password.Length} characters: use {Shortest} to {Longest}. A few words are easiest to keep."
        : password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase)
            ? "The password has your address in it: that is tried first. Use other words."
        : password.Distinct().Count() < 5 ? "The password repeats a few characters: use more different ones."
        : null;

    public string Hash(string password) => _hasher.HashPassword(this, password);

    /// <summary>Whether it is the password. Takes as long when there is none.</summary>
    /// <param name="hash">Null: the person has no password, or there is no such person.</param>
    public bool Matches(string? hash, string password)
    {
        var given = password.Length > Longest ? "" : password;
        return _hasher.VerifyHashedPassword(this, hash ?? _nobodys, given) != PasswordVerificationResult.Failed
            && hash is not null;
    }
}
