using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OwnHost;

internal sealed class ShopKeyOptions : AuthenticationSchemeOptions
{
    /// <summary>An empty key lets nobody in.</summary>
    public string Key { get; set; } = "";
}

/// <summary>The shop's own way in: the header <c>X-Shop-Key</c>. A real one has OpenID Connect here.</summary>
internal sealed class ShopKey(IOptionsMonitor<ShopKeyOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<ShopKeyOptions>(options, logger, encoder)
{
    public new const string Scheme = "shop";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (given, key) = (Request.Headers["X-Shop-Key"].ToString(), Options.Key);
        var isOurs = key.Length > 0
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
        return Task.FromResult(isOurs
            ? AuthenticateResult.Success(new AuthenticationTicket(
                new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "shop")], Scheme)), Scheme))
            : AuthenticateResult.NoResult());
    }
}
