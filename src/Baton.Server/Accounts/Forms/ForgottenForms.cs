using Baton.Channels.Email;
using Baton.Operations;
using Baton.People.SignIn;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Forms;

/// <summary>Somebody forgot their password and asks for a link by mail.</summary>
internal static class ForgottenForms
{
    /// <summary>The page with the form.</summary>
    public const string Page = "/login/forgotten";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapForgotten() => routes.MapPost(Page, Ask).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Whether links go by mail; else an admin makes them.</summary>
    public static bool IsOn(PasswordMails mails, LetterPost post) => mails.HasAddress && post.Missing is null;

    /// <summary>Every wish counts like a refused log-in, whoever it is for.</summary>
    private static async Task<IResult> Ask(
        HttpContext http, PasswordMails mails, LetterPost post, LogInLimit limit, [FromForm] string? email,
        CancellationToken cancellationToken)
    {
        if (!IsOn(mails, post))
            return Refused(409, "This installation sends no mail. Ask an admin for a link: the page of people has it, "
                + "and `baton people reset`.");
        if (string.IsNullOrWhiteSpace(email)) return Refused(400, "email is empty: type the address of your account.");
        var address = http.Connection.RemoteIpAddress;
        if (limit.Take(address) is { } wait) return SessionEndpoints.TooMany(http, wait);
        await mails.AskAsync(email, CallerAddress.Of(address), cancellationToken);
        return TypedResults.Redirect(Page + "?asked=true");
    }

    private static ProblemResult Refused(int status, string why) =>
        new(new Problem(status, "No link was sent", why) { Back = Page, BackTo = "Back to the form" });
}
