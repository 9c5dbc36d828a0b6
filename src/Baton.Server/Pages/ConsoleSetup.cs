using Baton.Server.Pages.Approving;
using Baton.Server.Pages.Auditing;
using Baton.Server.Pages.Channels;
using Baton.Server.Pages.Figures;
using Baton.Server.Pages.Figures.Digests;
using Baton.Server.Pages.Frame;
using Baton.Server.Pages.OnCall;
using Baton.Server.Pages.Quality;
using Baton.Server.Pages.Quality.Shipping;
using Baton.Server.Pages.Inboxes;
using Baton.Server.Pages.Inboxes.Absences;
using Baton.Server.Pages.Inboxes.Lists;
using Baton.Server.Pages.Inboxes.Live;
using Baton.Server.Pages.Inboxes.Writing;

namespace Baton.Server.Pages;

/// <summary>Adds the console to the host.</summary>
internal static class ConsoleSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddConsole()
        {
            services.AddRazorComponents();
            services.AddHttpContextAccessor();
            services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Strict);
            return services
                .AddSingleton<Icons>()
                .AddSingleton<SampleTickets>()
                .AddSingleton<PlaygroundWatches>()
                .AddSingleton<InboxRequest>()
                .AddSingleton<ReplyTexts>()
                .AddSingleton<MacroTexts>()
                .AddSingleton<TicketReader>()
                .AddSingleton<TicketWriting>();
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Before authentication: styles and scripts are open, because the log-in page needs them.</summary>
        public void UseConsoleFiles()
        {
            app.UseSecurityHeaders();
            app.UseStaticFiles();
        }

        public void MapConsole()
        {
            app.UseAntiforgery();
            app.MapGet("/", (HttpContext http) => TypedResults.Redirect(Navigation.HomeOf(http.User)))
                .ExcludeFromDescription();
            app.MapPlayground();
            app.MapTicketForms();
            app.MapAttachments();
            app.MapReviewForms();
            app.MapApprovalForms();
            app.MapLabelForms();
            app.MapRolloutForms();
            app.MapAutonomyForms();
            app.MapLearningForms();
            app.MapOnCallForms();
            app.MapDigestFiles();
            app.MapChannelForms();
            app.MapAuditForms();
            app.MapDataForms();
            app.MapDeliveryForms();
            app.MapInboxForms();
            app.MapDesk();
            app.MapAbsences();
            app.MapLists();
            app.MapWriting();
            // Forms go to routes of their own: a page is only looked at.
            app.MapRazorComponents<App>().Add(page =>
            {
                foreach (var methods in page.Metadata.OfType<HttpMethodMetadata>().ToList())
                    page.Metadata.Remove(methods);
                page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
            });
        }
    }
}
