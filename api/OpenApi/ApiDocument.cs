using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Agency.Api.OpenApi;

/// <summary>The OpenAPI document, made from the code, and a page to read it: <c>/openapi/v1.json</c> and <c>/scalar</c>.</summary>
internal static class ApiDocument
{
    /// <summary>What each tag, that is each resource, is about.</summary>
    private static readonly Dictionary<string, string> _tags = new()
    {
        ["Projects"] = "Major projects 重大项目: registered, described, listed, looked at with plan and record.",
        ["Readings"] = "Who has read what by special right.",
        ["Progress"] = "What anybody is told of a project who knows whose it is.",
        ["Approvals"] = "The items 审批事项 of a project and their steps.",
        ["Calendar"] = "Working days by each year's arrangement 放假调休安排.",
        ["Catalogue"] = "Flows 审批流程类型 with their versions, and what they are made of.",
        ["Departments"] = "The departments 部门 that handle items.",
        ["Agents"] = "Those who get projects through: project service managers 项目服务经理 and agency clerks 代办员.",
        ["Persons"] = "The directory of persons: names and how to reach them; masked for whoever has no need, and erasable.",
        ["Managers"] = "Who manages a project, and who could.",
        ["Mandates"] = "What a project's owner delegates 代办委托, to which clerks, and what they have to prepare.",
        ["Problems"] = "What holds a project back 存在问题, and who has to solve it by when.",
        ["Visits"] = "A manager's visits 走访, and when the next is due.",
        ["Coordination"] = "Early involvement, on-site office, ad-hoc coordination and coaching, with what follows from them.",
        ["Ratings"] = "Ratings 好差评 of finished services, and the cases that bad ones open.",
        ["Reviews"] = "Joint reviews 联席会议, 联审会商: their agenda, opinions, conclusions and minutes.",
        ["Resolutions"] = "What review sessions resolved 议定事项: who does what by when, chased until the office confirms that it is done.",
        ["Review series"] = "Review sessions that come again by a rule, made ahead and shifted to working days.",
        ["Webhooks"] = "Other systems that are told what happens here, and what was sent to them, by mail and by short message.",
        ["Worklists"] = "What departments and agents have to do next, over all their projects.",
        ["Notifications"] = "What you were told 通知: reminders and calls to sessions.",
        ["Feeds"] = "Calendar feeds 日历订阅: what one has to do and the sessions that one sees, for calendar programs.",
        ["Statistics"] = "All projects, counted: how they stand, and month by month.",
        ["Schedules"] = "What the service does by itself 定时任务, when it did and when it will.",
        ["Clock"] = "Whether the clock of the service can be believed, and who has confirmed it.",
        ["Health"] = "Whether the service runs and can be used.",
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.AddSchemaTransformer(Schemas.Correct);
        document.AddOperationTransformer(Operations.Complete);
        document.AddDocumentTransformer((openApi, _, _) =>
        {
            Describe(openApi);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();

        // The page stays between the reader and this service: no helper, font or statistics of other parties.
        routes.MapScalarApiReference("/scalar", page => page.DisableAgent().DisableMcp().DisableTelemetry().DisableDefaultFonts().HideDeveloperTools().HideClientButton().WithNonce());
        routes.MapGet("/", () => TypedResults.Redirect("/scalar")).ExcludeFromDescription();
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Agency 重大项目代办服务",
            Version = "v1",
            Description = "The service by which the project office gets construction projects through government. Days are yyyy-MM-dd in Asia/Shanghai, instants RFC 3339; unknown members and parameters are refused; problems are RFC 9457 with a stable code.",
        };
        document.Servers = [new() { Url = "/", Description = "The service that serves this document." }];
        document.Tags = document.Tags?.Select(tag => new OpenApiTag { Name = tag.Name, Description = _tags.GetValueOrDefault(tag.Name ?? "") }).ToHashSet();
        if (document.Paths.Values.SelectMany(path => path.Operations ?? []).All(operation => operation.Value.Security is null or [])) return;
        var components = document.Components ??= new();
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[Operations.Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "A token of the authority that the service is configured with; or one that ./dev token prints." };
    }
}
