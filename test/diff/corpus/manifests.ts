/** Manifests that cases are made from by editing their text, as people do. */
export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app: web
spec:
  replicas: 3
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      serviceAccountName: web
      securityContext:
        runAsNonRoot: true
      containers:
        - name: web
          image: registry.example.org/web:1.4.0
          args:
            - --port=8080
            - --verbose
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LEVEL
              value: info
            - name: REGION
              value: eu
          envFrom:
            - configMapRef:
                name: web-config
          resources:
            requests:
              cpu: 500m
              memory: 512Mi
            limits:
              cpu: "1"
              memory: 1Gi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
`;

export const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: web
  namespace: shop
  labels:
    app: web
spec:
  replicas: 5
  revisionHistoryLimit: 5
  rollbackWindow:
    revisions: 3
  minReadySeconds: 15
  progressDeadlineSeconds: 600
  progressDeadlineAbort: true
  selector:
    matchLabels:
      app: web
  strategy:
    canary:
      maxSurge: 1
      maxUnavailable: 0
      scaleDownDelaySeconds: 60
      trafficRouting:
        istio:
          virtualService:
            name: web
            routes:
              - primary
          destinationRule:
            name: web
            canarySubsetName: canary
            stableSubsetName: stable
      steps:
        - setWeight: 5
        - pause:
            duration: 5m
        - analysis:
            templates:
              - templateName: errors
        - setWeight: 50
        - pause: {}
  template:
    metadata:
      labels:
        app: web
      annotations:
        team: shop
    spec:
      containers:
        - name: web
          image: registry.example.org/web:1.4.0
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          envFrom:
            - configMapRef:
                name: web-config
`;

export const ERRORS = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: errors
  namespace: shop
spec:
  metrics:
    - name: errors
      interval: 30s
      count: 10
      failureLimit: 1
      successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] <= 0.01
      failureCondition: len(result) > 0 && !isNaN(result[0]) && result[0] > 0.01
      provider:
        prometheus:
          address: http://prometheus:9090
          query: sum(rate(errors_total{app="web"}[1m]))
`;

export const VIRTUAL_SERVICE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
  namespace: shop
spec:
  hosts:
    - web
  http:
    - name: admin
      match:
        - uri:
            prefix: /admin
      route:
        - destination:
            host: web
            subset: stable
    - name: primary
      route:
        - destination:
            host: web
            subset: stable
          weight: 100
        - destination:
            host: web
            subset: canary
          weight: 0
      timeout: 10s
`;

export const DESTINATION_RULE = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
  namespace: shop
spec:
  host: web
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
  subsets:
    - name: stable
      labels:
        app: web
    - name: canary
      labels:
        app: web
`;

export const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: metrics
      port: 9090
      targetPort: 9090
`;

export const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/target-type: ip
spec:
  ingressClassName: alb
  rules:
    - host: web.example.org
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`;

export const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
  namespace: shop
data:
  LEVEL: info
  URL: http://api
`;

export const HASHED = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config-5f6a7b8c9d
  namespace: shop
data:
  LEVEL: info
  URL: http://api
`;

export const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              name: gateway
      ports:
        - port: 8080
`;

export const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
  namespace: shop
rules:
  - apiGroups:
      - ""
    resources:
      - configmaps
    verbs:
      - get
      - list
`;

export const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name: web
    namespace: shop
`;

export const AUTOSCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
  namespace: shop
spec:
  scaleTargetRef:
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    name: web
  minReplicas: 3
  maxReplicas: 10
`;

export const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
  namespace: shop
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: web
`;

export const STATEFUL_SET = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: shop
spec:
  serviceName: db
  replicas: 3
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: registry.example.org/db:15.1
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 10Gi
`;

export const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop
spec:
  accessModes:
    - ReadWriteOnce
  storageClassName: fast
  resources:
    requests:
      storage: 10Gi
`;

export const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: report
  namespace: shop
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
          image: registry.example.org/report:1.0.0
`;

export const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  namespace: argocd
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: shop
  source:
    repoURL: https://git.example.org/shop.git
    path: dist/web
    targetRevision: main
  destination:
    name: production
    namespace: shop
  ignoreDifferences:
    - group: networking.istio.io
      kind: VirtualService
      jqPathExpressions:
        - .spec.http[]?.route[]?.weight
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - ApplyOutOfSyncOnly=true
`;

export const PROJECT = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: shop
  namespace: argocd
spec:
  sourceRepos:
    - https://git.example.org/shop.git
  destinations:
    - namespace: shop
      name: production
  clusterResourceWhitelist: []
`;

export const EXPAND = `apiVersion: batch/v1
kind: Job
metadata:
  name: web-expand-0a1b2c3d4e
  namespace: shop
  labels:
    app: web-migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: flyway
          image: flyway/flyway:13.12.0
`;

export const SQL = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-sql
  namespace: shop
  labels:
    app: web
data:
  V1__users.sql: |
    CREATE TABLE users (id bigint PRIMARY KEY);
`;

export const RECORD = `apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata:
  name: web
  namespace: shop
spec:
  endpoints:
    - dnsName: web.example.org
      recordType: CNAME
      setIdentifier: blue
      recordTTL: 60
      targets:
        - blue.example.org
      providerSpecific:
        - name: aws/weight
          value: "100"
`;

export const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio.io/rev: stable
    pod-security.kubernetes.io/enforce: restricted
`;

export const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: web
  namespace: shop
type: Opaque
stringData:
  PASSWORD: s3cr3t-a
`;

export const BLUE_GREEN = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: pay
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: pay
  strategy:
    blueGreen:
      activeService: pay
      previewService: pay-preview
      scaleDownDelaySeconds: 600
      prePromotionAnalysis:
        templates:
          - templateName: errors
  template:
    metadata:
      labels:
        app: pay
    spec:
      containers:
        - name: pay
          image: registry.example.org/pay:2.0.0
`;
