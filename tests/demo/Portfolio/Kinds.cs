namespace Agency.Demo.Portfolio;

/// <summary>A kind of project that the city has.</summary>
/// <param name="Flow">The flow it follows.</param>
/// <param name="Cluster">Its industrial cluster.</param>
/// <param name="Weight">How many of them there are.</param>
/// <param name="Lead">The organ whose manager follows it.</param>
/// <param name="Name">Its name; {site} a street or town, {park} an industrial park, {n} a number.</param>
/// <param name="Owner">Who builds it: an authority ({district}…局), an institution or public company named like that, or an enterprise of this trade.</param>
/// <param name="Investment">From and to, in 10,000 yuan.</param>
/// <param name="Level">Its key level, if it is none that the investment decides.</param>
internal sealed record Kind(string Flow, string Cluster, int Weight, string Lead, string Name, string Owner, (int From, int To) Investment, string? Level = null);

/// <summary>The kinds of projects, by flow and cluster.</summary>
internal static class Kinds
{
    public static IReadOnlyList<(Kind Value, int Weight)> All { get; } = [.. Table.Select(k => (k, k.Weight))];

    private static IEnumerable<Kind> Table =>
    [
        new("GOV_HOUSE", "OT", 5, "ZJJ", "{site}第{n}小学{新建|迁建|改扩建}项目", "{district}教育和体育局", (6000, 25000), "livelihood"),
        new("GOV_HOUSE", "OT", 4, "ZJJ", "{district}{职业技术学校新校区|第一中学{site}校区|特殊教育学校|示范性高级中学}建设项目", "{district}教育和体育局", (15000, 80000), "livelihood"),
        new("GOV_HOUSE", "OT", 4, "ZJJ", "{district}{人民医院住院综合楼|中医医院迁建|妇幼保健院门诊楼|公共卫生应急救治中心|疾病预防控制中心实验楼}项目", "{district}卫生健康局", (8000, 60000), "livelihood"),
        new("GOV_HOUSE", "OT", 4, "ZJJ", "{site}{保障性租赁住房|安置房|公共租赁住房}{一期|二期|三期}项目", "{district}城市建设投资集团有限公司", (12000, 90000), "livelihood"),
        new("GOV_HOUSE", "OT", 2, "WLJ", "{district}{文化艺术中心|全民健身中心|图书档案馆|非遗展示馆}建设项目", "{district}文化广播电视和旅游局", (8000, 50000)),
        new("GOV_HOUSE", "Q4", 2, "ZJJ", "{park}标准化厂房及配套设施{一期|二期}项目", "{district}产业发展投资有限公司", (20000, 120000)),
        new("GOV_LINEAR", "OT", 5, "ZJJ", "{site}至{park}市政道路{新建|改造|提升}工程", "{district}城市建设投资集团有限公司", (6000, 70000)),
        new("GOV_LINEAR", "OT", 3, "JTJ", "{district}{环线快速通道|嘉陵江大桥|城际快速路|国道改线}{一期|二期|}工程", "{district}交通建设投资有限公司", (30000, 260000)),
        new("GOV_LINEAR", "B5", 3, "SWJ", "{site}{污水管网|雨污分流|供水管网|城市排涝}{改造|建设|提升}工程", "{district}水务投资有限公司", (5000, 40000), "livelihood"),
        new("GOV_LINEAR", "OT", 2, "CGJ", "{site}{地下综合管廊|滨江绿道|燃气管道更新|老旧管网更新}工程", "{district}综合行政执法局", (4000, 30000)),
        new("SOC_HOUSE", "Q4", 3, "FGW", "{park}{智慧物流园|冷链物流中心|多式联运物流基地|电商仓储中心}{一期|二期|}项目", "供应链管理", (20000, 150000), "encouraged"),
        new("SOC_HOUSE", "OT", 4, "ZJJ", "{site}{商业综合体|城市广场|养老服务中心|文旅康养小镇|酒店会议中心}项目", "置业", (15000, 180000)),
        new("SOC_HOUSE", "Q5", 2, "FGW", "{site}{农产品交易中心|现代农业产业园加工区|粮油仓储基地}项目", "农业发展", (8000, 60000), "encouraged"),
        new("SOC_LAND", "OT", 7, "ZJJ", "{site}{江岸华府|云锦天城|翰林雅苑|锦绣嘉陵|清泉印象|凤垭山居}{一期|二期|三期}住宅项目", "房地产开发", (30000, 250000)),
        new("SOC_SMALL", "OT", 3, "JXJ", "{park}{小型仓库|零部件加工车间|包装印刷车间|农机维修车间}新建项目", "商贸", (300, 2500)),
        new("SOC_SMALL", "Q5", 2, "YQGW", "{park}{果蔬分拣车间|粮食烘干中心|农资仓储库房}新建项目", "农业科技", (300, 2000)),
        new("IND", "Q1", 4, "JXJ", "年产{n}万套{新能源汽车电驱动总成|汽车轻量化底盘件|车用线束|动力电池箱体|商用车车桥}项目", "汽车零部件", (12000, 200000)),
        new("IND", "Q2", 3, "JXJ", "年产{n}万吨{功能性聚酯|高端润滑油|精细化工中间体|天然气制氢及配套}项目", "新材料", (30000, 400000)),
        new("IND", "Q3", 3, "JXJ", "年产{n}万米{高档桑蚕丝绸面料|智能印染功能面料|家纺制品}生产线项目", "丝绸", (8000, 60000)),
        new("IND", "Q5", 3, "JXJ", "年加工{n}万吨{柑橘|生猪|有机蔬菜|调味品|米粉}精深加工项目", "食品", (6000, 70000)),
        new("IND", "B1", 3, "JXJ", "年产{n}万件{智能终端显示模组|高密度印制电路板|传感器|光通信器件}项目", "电子科技", (15000, 220000)),
        new("IND", "B2", 2, "JXJ", "年产{n}百台{精密数控装备|石油钻采装备|智能农机装备}制造基地项目", "装备制造", (15000, 150000)),
        new("IND", "B3", 2, "JXJ", "年产{n}万吨{玄武岩纤维|高性能铝材|环保建筑材料}项目", "新材料", (20000, 180000), "encouraged"),
        new("IND", "B4", 2, "JXJ", "{park}{中药饮片及配方颗粒|医疗器械产业化|生物制剂}基地项目", "生物医药", (12000, 130000), "encouraged"),
        new("IND", "B5", 2, "JXJ", "{park}{再生资源综合利用|动力电池梯次利用|工业固废处置}项目", "环保科技", (10000, 90000), "encouraged"),
        new("RENO", "OT", 3, "ZJJ", "{site}{老旧小区|临江路步行街|农贸市场|办公大楼}{改造提升|装饰装修}项目", "{district}住房和城乡建设局", (800, 8000), "livelihood"),
        new("RENO", "OT", 2, "ZJJ", "{site}{商场|酒店|影城|闲置厂房}{改造|装修}项目", "实业", (500, 6000)),
    ];
}
