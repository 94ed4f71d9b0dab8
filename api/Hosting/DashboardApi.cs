using Agency.Api.Access;
using Agency.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Orleans.Dashboard;

namespace Agency.Api.Hosting;

/// <summary>Orleans' own page about silos, grains and calls, for the administrator. Off until it is asked for: it looks at every call.</summary>
internal static class DashboardApi
{
    /// <summary>Where it is.</summary>
    public const string Path = "/dashboard";

    public static void AddDashboard(this WebApplicationBuilder builder, ServiceMode mode)
    {
        if (mode == ServiceMode.Embedded) builder.UseOrleans(silo => silo.AddDashboard(dashboard => dashboard.HideTrace = true));
        else throw new StartupException("The dashboard (Agency:Dashboard) is there in the embedded mode alone: leave it off in a cluster.");
    }

    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapOrleansDashboard(Path).ExcludeFromDescription().WithPages();
        var signIn = routes.MapGroup($"{Path}/sign-in").ExcludeFromDescription().WithPages();
        signIn.MapGet("/", () => TypedResults.Content(Form, "text/html; charset=utf-8"));
        // It changes nothing but what this browser bears; there is no session that another page could ride on.
        signIn.MapPost("/", SignIn).DisableAntiforgery();
    }

    // A browser that opens a page can send no token but in a cookie.
    private static RedirectHttpResult SignIn([FromForm] string token, HttpContext context)
    {
        context.Response.Cookies.Append(BearerTokens.DashboardCookie, token, new() { HttpOnly = true, IsEssential = true, Path = Path, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps });
        return TypedResults.Redirect(Path);
    }

    private const string Form = """
        <!doctype html>
        <html lang="zh-CN">
        <meta charset="utf-8">
        <title>Agency</title>
        <form method="post">
          <p><label>系统管理员令牌 Administrator's token<br><textarea name="token" rows="6" cols="80" required autofocus></textarea></label></p>
          <p><button>登录 Sign in</button></p>
        </form>
        </html>
        """;
}
