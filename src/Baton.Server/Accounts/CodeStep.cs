using System.Security.Cryptography;
using Baton.Server.Api;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.Server.Accounts;

/// <summary>
/// Between the right password and the code of the app: a cookie that names the person for a few minutes, encrypted and
/// signed, and opens nothing.
/// </summary>
internal sealed class CodeStep(IDataProtectionProvider protection, AccessOptions access, TimeProvider clock)
{
    private const string Cookie = "baton-code";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("Baton.CodeStep");

    public void Begin(HttpContext http, string personId, string? to) => http.Response.Cookies.Append(Cookie,
        _protector.Protect($"{(clock.GetUtcNow() + Life).ToUnixTimeSeconds()} {personId} {to}"), Options(http));

    /// <summary>
    /// Whose password was right, and where they wanted to go; null when nobody's was, or too long ago.
    /// </summary>
    public (string PersonId, string To)? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } text) return null;
        try
        {
            var parts = _protector.Unprotect(text).Split(' ', 3);
            return long.Parse(parts[0]) > clock.GetUtcNow().ToUnixTimeSeconds() ? (parts[1], parts[2]) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public void End(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http));

    private CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = access.IsSecure || http.Request.IsHttps,
        Path = "/login",
    };
}
