using System.Security.Claims;
using Baton.Operations;
using Baton.People;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Baton.Server.Accounts;

/// <summary>Opens the console for somebody who has shown who they are.</summary>
internal sealed partial class PersonSessions(ConsoleSessions sessions, ILogger<PersonSessions> log)
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Starts a session and sends its cookie.</summary>
    /// <param name="to">Where the person wanted to go; another site's address is not followed.</param>
    /// <returns>The way on.</returns>
    public async Task<IResult> OpenAsync(
        HttpContext http, Person person, string? to, CancellationToken cancellationToken) =>
        TypedResults.Redirect(
            OwnPath.Or(to, Navigation.HomeOf(await StartAsync(http, person, cancellationToken))));

    /// <summary>Starts a session, sends its cookie and returns the caller it stands for.</summary>
    public async Task<ClaimsPrincipal> StartAsync(
        HttpContext http, Person person, CancellationToken cancellationToken)
    {
        var from = CallerAddress.Of(http.Connection.RemoteIpAddress);
        var session = await sessions.StartAsync(person.Id, from, cancellationToken);
        var caller = Callers.Of(person, Scheme, session);
        await http.SignInAsync(Scheme, caller);
        Opened(log, person.Id, session, from);
        return caller;
    }

    [LoggerMessage(LogLevel.Information, "Log-in of {Person} from {Address}: session {Session}")]
    private static partial void Opened(ILogger log, string person, string session, string address);
}
