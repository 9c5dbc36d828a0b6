using Microsoft.Security.AntiSSRF;

namespace Baton.Operations;

/// <summary>How requests leave for addresses that people have set.</summary>
internal static class OutsideCalls
{
    /// <summary>Follows no redirect and keeps no cookie.</summary>
    /// <param name="allowPrivate">Whether it may lead into one's own network.</param>
    public static HttpMessageHandler Handler(bool allowPrivate) =>
        allowPrivate ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } : Guarded();

    /// <summary>Looks at the address that a name really leads to, at the moment of the connection.</summary>
    private static AntiSSRFHandler Guarded()
    {
        // http is refused or warned of by those who read the address; what it must not reach is decided here.
        var policy = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest) { AllowPlainTextHttp = true };
        var handler = policy.GetHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        return handler;
    }
}
